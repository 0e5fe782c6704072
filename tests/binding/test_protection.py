"""A protected handout opens with its password only, prints, and can be read aloud."""

from __future__ import annotations

import io
import random
import time

import pikepdf
import pytest

from binding import samples
from binding.test_structure import tagged
from handouts.binding import protect
from handouts.binding.protection import hash_content
from handouts.errors import InputError

QUICK = 2.0  # seconds of the processor


@pytest.mark.parametrize("owner", [None, "clinic"])
def test_protected(owner: str | None) -> None:
    locked = protect(samples.plain(pages=2), user_password="pässword", owner_password=owner)
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(io.BytesIO(locked))
    with pikepdf.open(io.BytesIO(locked), password="pässword") as pdf:
        assert (pdf.encryption.R, pdf.encryption.bits) == (6, 256)
        assert pdf.encryption.stream_method == pikepdf.models.EncryptionMethod.aesv3
        assert pdf.allow.accessibility
        assert pdf.allow.extract
        assert pdf.allow.print_highres
        assert not pdf.allow.modify_other
        assert len(pdf.pages) == 2


def test_tags_stay() -> None:
    with pikepdf.open(io.BytesIO(protect(tagged(), user_password="x")), password="x") as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert pikepdf.Name.Document == pdf.Root.StructTreeRoot.K[0].S
        assert pdf.pages[0].StructParents == 0


def test_what_is_protected_has_one_hash_whatever_the_key() -> None:
    one, other = (protect(tagged(), user_password="pässword") for _ in range(2))
    assert one != other
    assert hash_content(one, password="pässword") == hash_content(other, password="pässword")
    assert hash_content(one, password="pässword") != hash_content(protect(samples.plain(), user_password="x"), password="x")
    with pytest.raises(InputError, match="does not open"):
        hash_content(one, password="password")


def test_damage_to_a_protected_file_changes_its_hash() -> None:
    locked = protect(tagged(), user_password="x")
    whole = hash_content(locked, password="x")
    chance = random.Random(7)  # noqa: S311 - no secret
    free = locked.index(b"/ID")  # the name of the file at its end decides nothing
    said = locked.index(b"/Encrypt", free)
    opened = range(locked.index(b"/O <") - 400, locked.index(b"startxref"), 7)
    assert said > free
    for place in [*(chance.randrange(free) for _ in range(150)), *(place for place in opened if place < free)]:
        damaged = locked[:place] + bytes([locked[place] ^ 1 << chance.randrange(8)]) + locked[place + 1 :]
        assert is_damaged(damaged, whole), (place, locked[place - 20 : place + 5])
    for cut in (0, 1, 100, len(locked) // 2, len(locked) - 1):
        assert is_damaged(locked[:cut], whole), cut


def test_a_file_of_beginnings_of_streams_is_gone_over_once() -> None:
    """Each was searched for its end: minutes for 1 MB."""
    start = time.process_time()
    assert is_damaged(protect(tagged(), user_password="x") + b"\nstream\n" * 125_000, "")
    assert time.process_time() - start < QUICK


def is_damaged(pdf: bytes, whole: str) -> bool:
    try:
        return hash_content(pdf, password="x") != whole
    except InputError:
        return True


def test_no_identifier_tells_of_the_content() -> None:
    """It stays readable: whoever made the handout for one name after the other could else compare."""
    (one, other), (again, _) = (
        pikepdf.open(io.BytesIO(protect(tagged(), user_password="x")), password="x").trailer.ID for _ in "12"
    )
    assert len({bytes(one), bytes(again)}) == 2
    assert bytes(one) == bytes(other)
