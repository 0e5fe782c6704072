"""All four checkers over one file or many."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pikepdf

from gate import verapdf
from gate.faults import Fault
from gate.integrity import find_integrity_faults
from gate.validators import find_outloud_faults, find_page_validation_faults


def check_files(paths: Sequence[Path]) -> dict[Path, list[Fault]]:
    """What is wrong with each file; veraPDF is asked where it can run (see `verapdf.why_not`)."""
    faults = {path: _check_in_process(path) for path in paths}
    if verapdf.why_not() is None:
        for path, found in verapdf.find_verapdf_faults(paths).items():
            faults[path] += found
    return faults


def assert_accessible(pdf: bytes | Path, *, password: str = "") -> None:
    """Fail with the list of broken rules unless all checkers pass `pdf`; with `password`, a decrypted copy is checked.

    Raises:
        AssertionError: a checker found something.
    """
    content = unlock(pdf.read_bytes() if isinstance(pdf, Path) else pdf, password=password)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "document.pdf"
        path.write_bytes(content)
        faults = check_files([path])[path]
    if faults:
        raise AssertionError(list_faults({pdf.name if isinstance(pdf, Path) else "the PDF": faults}))


def unlock(pdf: bytes, *, password: str) -> bytes:
    """`pdf` as it is, or without its protection when a password is given: the validators cannot type one."""
    if not password:
        return pdf
    with pikepdf.open(BytesIO(pdf), password=password) as opened:
        plain = BytesIO()
        opened.save(plain)
    return plain.getvalue()


def list_faults(by_name: dict[str, list[Fault]]) -> str:
    """A paragraph for each file that has faults: its name, then one line a rule."""
    return "\n".join(f"{name}\n" + "\n".join(f"    {fault}" for fault in faults) for name, faults in by_name.items() if faults)


def _check_in_process(path: Path) -> list[Fault]:
    try:
        own = find_integrity_faults(path.read_bytes())
    except (pikepdf.PdfError, pikepdf.PasswordError) as error:
        own = [Fault(checker="integrity", rule="unreadable", message=str(error))]
    except (AttributeError, KeyError, TypeError, ValueError) as error:  # an object is not what it must be
        own = [Fault(checker="integrity", rule="malformed", message=f"{type(error).__name__}: {error}")]
    return own + find_page_validation_faults(path) + find_outloud_faults(path)
