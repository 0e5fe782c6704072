"""A protected handout opens with its password only, prints, and can be read aloud."""

from __future__ import annotations

import io

import pikepdf
import pytest

from binding import samples
from binding.test_structure import tagged
from handouts.binding import protect


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
