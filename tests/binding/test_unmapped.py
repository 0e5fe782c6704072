"""Maps to Unicode say nothing PDF/UA-1 forbids and lose nothing else."""

from __future__ import annotations

import pytest

from handouts.binding.unmapped import mended_map, private_map


@pytest.mark.parametrize(
    ("found", "mended"),
    [
        ("2 beginbfchar\n<00> <0000>\n<41> <0041>\nendbfchar", "2 beginbfchar\n<00> <FFFD>\n<41> <0041>\nendbfchar"),
        ("beginbfchar <0000> <0041> <0001> <FEFF> endbfchar", "2 beginbfchar <0000> <0041> <0001> <FFFD> endbfchar"),
        (
            "beginbfrange <00> <02> [<0000> <0041> <fffe>] endbfrange",
            "1 beginbfrange <00> <02> [<FFFD> <0041> <FFFD>] endbfrange",
        ),
        (
            "1 beginbfrange <0000> <FFFF> <0000> endbfrange",
            "2 beginbfrange <0000> <0000> [<FFFD>] <0001> <FFFF> <0001> endbfrange",
        ),
        ("1 beginbfrange <20> <7E> <0020> endbfrange", "1 beginbfrange <20> <7E> <0020> endbfrange"),
        ("1 begincodespacerange <0000> <FFFF> endcodespacerange", "1 begincodespacerange <0000> <FFFF> endcodespacerange"),
    ],
)
def test_forbidden_values_are_replaced(found: str, mended: str) -> None:
    assert mended_map(found.encode()) == mended.encode()


def test_private_maps_cover_all_codes() -> None:
    assert private_map(wide=False).count(b"<DB80DC00>") == 1
    assert private_map(wide=True).count(b"> <DB") == 256 + 1  # the codes <DB00> to <DBFF> themselves
