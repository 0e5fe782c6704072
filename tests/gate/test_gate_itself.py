"""The gate passes a good file and stops each planted fault; a checker that sees nothing is no checker."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from gate import Collection, Fault, assert_accessible, check_files, verapdf
from gate.planted import PLANTED, Planted, plant
from gate.sample import sample_pdf

Found = dict[str, list[Fault]]


@pytest.fixture(scope="module")
def sample() -> bytes:
    return sample_pdf()


@pytest.fixture(scope="module")
def found(sample: bytes, tmp_path_factory: pytest.TempPathFactory) -> Found:
    """The faults of the sample ("good") and of each planted copy, all in one run."""
    folder = tmp_path_factory.mktemp("planted")
    paths = {"good": folder / "good.pdf"} | {planted.name: folder / f"{planted.name}.pdf" for planted in PLANTED}
    paths["good"].write_bytes(sample)
    for planted in PLANTED:
        paths[planted.name].write_bytes(plant(sample, planted.change))
    faults = check_files(list(paths.values()))
    return {name: faults[path] for name, path in paths.items()}


def test_good_file_passes(found: Found) -> None:
    assert found["good"] == []


@pytest.mark.parametrize("planted", PLANTED, ids=lambda planted: planted.name)
def test_planted_fault_is_found(planted: Planted, found: Found) -> None:
    able = {"integrity", "page-validation", "outloud"} | ({"veraPDF"} if verapdf.why_not() is None else set())
    seen = {fault.checker for fault in found[planted.name]}
    assert planted.found_by & able <= seen, [str(fault) for fault in found[planted.name]]


def test_each_checker_finds_something_alone_or_first(found: Found) -> None:
    seen = {fault.checker for name, faults in found.items() if name != "good" for fault in faults}
    assert {"integrity", "page-validation", "outloud"} <= seen
    reason = verapdf.why_not()
    if reason:
        pytest.skip(reason)
    assert "veraPDF" in seen


def test_assert_accessible_names_file_and_rule(sample: bytes, tmp_path: Path) -> None:
    def forget_language(pdf: pikepdf.Pdf) -> None:
        del pdf.Root.Lang

    path = tmp_path / "figure-four.pdf"
    path.write_bytes(plant(sample, forget_language))
    with pytest.raises(AssertionError, match=r"(?s)figure-four\.pdf.*page-validation PDFUA1-.*outloud DOC-013"):
        assert_accessible(path)


def test_file_with_password_is_checked_decrypted(sample: bytes) -> None:
    locked = BytesIO()
    with pikepdf.open(BytesIO(sample)) as pdf:
        pdf.save(locked, encryption=pikepdf.Encryption(user="clinic", owner="owner", R=6))
    assert_accessible(locked.getvalue(), password="clinic")
    with pytest.raises(AssertionError, match="unreadable"):
        assert_accessible(locked.getvalue())


def test_unreadable_file_is_a_fault(tmp_path: Path) -> None:
    paths = [tmp_path / f"{number}.pdf" for number in range(3)]
    for path, content in zip(paths, (b"", b"%PDF-1.7\n", b"not a PDF at all"), strict=True):
        path.write_bytes(content)
    for faults in check_files(paths).values():
        assert "integrity unreadable" in str(faults[0])


def test_verapdf_that_stops_early_is_a_fault() -> None:
    paths = [Path("a.pdf"), Path("b.pdf"), Path("c.pdf")]
    report = "checked\ta.pdf\t106\t7000\nchecked\tc.pdf\t12\t90\n"
    faults = verapdf.read_report(report, paths)
    assert [fault.rule for path in paths for fault in faults[path]] == ["unfinished", "unfinished"]
    assert faults[Path("a.pdf")] == []


def test_collection_keeps_one_copy_and_all_tests(tmp_path: Path) -> None:
    collection = Collection(folder=tmp_path)
    for test in ("first", "second", "first"):
        collection.add(b"same", test=test)
    collection.add(b"other", test="third")
    assert len(collection.paths()) == 2
    assert {collection.tests_of(path) for path in collection.paths()} == {"first, second", "third"}
