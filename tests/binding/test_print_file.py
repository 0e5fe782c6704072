"""The streaming writer: large trees stay flat and sorted, equal objects are one, nothing promised is missing."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pikepdf
import pytest

from handouts.binding.print_file import PrintFile
from handouts.binding.trees import NumberTree, PageTree

PAGES = 5_000


@pytest.fixture(scope="module")
def large() -> bytes:
    """Thousands of empty pages, each with a key in a number tree."""
    target = io.BytesIO()
    file = PrintFile(target)
    pages, keys = PageTree(file), NumberTree(file)
    for number in range(PAGES):
        own = file.reserve()
        file.put(own, b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 10 %d]/Resources<<>>>>" % (pages.add(own), number + 1))
        keys.add(number * 3, b"%d 0 R" % own)
    catalog = file.add(b"<</Type/Catalog/Pages %d 0 R/PieceInfo %d 0 R>>" % (pages.finish(), keys.finish()))
    file.close(catalog, file.add(b"<<>>"))
    return target.getvalue()


def walk(node: pikepdf.Object, depth: int = 0) -> Iterator[tuple[int, pikepdf.Object]]:
    yield depth, node
    for kid in node.get("/Kids", []):
        yield from walk(kid, depth + 1)


def test_page_tree_is_flat_and_in_order(large: bytes) -> None:
    with pikepdf.open(io.BytesIO(large)) as pdf:
        assert not pdf.check_pdf_syntax()
        assert [int(page.mediabox[3]) for page in pdf.pages] == list(range(1, PAGES + 1))
    with pikepdf.open(io.BytesIO(large)) as pdf:
        nodes = list(walk(pdf.Root.Pages))
        assert max(len(node.get("/Kids", [])) for _, node in nodes) <= 64
        assert max(depth for depth, _ in nodes) <= 4
        for _, node in nodes:
            if "/Kids" in node:
                assert all(kid.Parent.objgen == node.objgen for kid in node.Kids)
                assert int(node.Count) == sum(int(kid.get("/Count", 1)) for kid in node.Kids)


def test_number_tree_is_flat_and_its_limits_are_true(large: bytes) -> None:
    def keys_below(node: pikepdf.Object) -> list[int]:
        own = [int(key) for key in list(node.get("/Nums", []))[::2]]
        for kid in node.get("/Kids", []):
            below = keys_below(kid)
            assert [int(limit) for limit in kid.Limits] == [below[0], below[-1]]
            own += below
        return own

    with pikepdf.open(io.BytesIO(large)) as pdf:
        tree = pdf.Root.PieceInfo
        assert keys_below(tree) == [number * 3 for number in range(PAGES)]
        assert max(len(node.get("/Kids", [])) for _, node in walk(tree)) <= 64


def test_a_viewer_unpacks_few_objects_to_read_one(large: bytes) -> None:
    packed = [int(count) for count in re.findall(rb"/ObjStm/N (\d+)", large)]
    assert sum(packed) > PAGES
    assert max(packed) <= 200


def test_equal_objects_share_a_number() -> None:
    file = PrintFile(io.BytesIO())
    first = file.share(b"<</A 1>>", streamed=False)
    assert file.share(b"<</A 1>>", streamed=False) == first
    assert file.share(b"<</A 2>>", streamed=False) != first


def test_forgotten_object_is_a_bug() -> None:
    file = PrintFile(io.BytesIO())
    root = file.reserve(2)
    file.put(root, b"<</Type/Catalog>>")
    with pytest.raises(KeyError, match="2"):
        file.close(root, file.add(b"<<>>"))
