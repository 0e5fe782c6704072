"""Maps to Unicode say nothing PDF/UA-1 forbids and lose nothing else."""

from __future__ import annotations

import time

import pytest

from handouts.binding.unmapped import mended_map, private_map

QUICK = 2.0  # seconds of the processor


@pytest.mark.parametrize(
    ("found", "mended"),
    [
        ("2 beginbfchar\n<00> <0000>\n<41> <0041>\nendbfchar", "2 beginbfchar <00> <FFFD> <41> <0041> endbfchar"),
        ("beginbfchar <0000> <0041> <00 01> <FEFF> endbfchar", "2 beginbfchar <0000> <0041> <0001> <FFFD> endbfchar"),
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
    assert sections(found.encode()) == mended.split()


@pytest.mark.parametrize(
    "left",
    ["% SECRET", "/SECRET usecmap", "/CMapName /SECRET def", "1 beginbfrange <00> <00> [<0041> <5345435245540000>] endbfrange"],
)
def test_only_what_maps_travels(left: str) -> None:
    written = mended_map(f"{left}\n1 beginbfchar <61> <0041> % SECRET\nendbfchar".encode())
    assert b"SECRET" not in written
    assert b"534543" not in written
    assert b"<61> <0041>" in written


def test_a_map_of_a_known_collection_stays() -> None:
    assert b"/Adobe-Japan1-UCS2 usecmap" in mended_map(b"/Adobe-Japan1-UCS2 usecmap")


@pytest.mark.parametrize("repeated", ["beginbfchar <", "beginbfchar ", "<41> ", "beginbfrange <00> <01> [", "1 ", "[", "]", "<"])
def test_a_map_is_read_once(repeated: str) -> None:
    """A section that never ended was searched for its end from each of its beginnings: minutes."""
    start = time.process_time()
    mended_map((repeated * (1_000_000 // len(repeated))).encode())
    assert time.process_time() - start < QUICK


def sections(cmap: bytes) -> list[str]:
    """The words of what maps in a mended map."""
    written = mended_map(cmap).split(b"/CMapType 2 def")[1].split(b"endcmap")[0]
    return written.decode().split()


def test_private_maps_cover_all_codes() -> None:
    assert private_map(wide=False).count(b"<DB80DC00>") == 1
    assert private_map(wide=True).count(b"> <DB") == 256 + 1  # the codes <DB00> to <DBFF> themselves
