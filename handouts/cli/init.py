"""`handouts init`: a new clinic folder with a sample of everything a clinic can add."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from handouts.errors import CannotWriteError, Place, Problem

_SAMPLES = Path(__file__).resolve().parent / "clinic_folder"
_BORROWED_PICTURES = {"long-bridge": "glute-bridge"}  # the sample exercise looks like ours, held for longer
_NAMES_SHOWN = 3


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder to make, or one that has none of these files.")],
) -> None:
    """Make a folder for a clinic: settings, a clinic, a request and an exercise of its own, each ready to change.

    \b
    Example:
      handouts init my-clinic
    """  # noqa: D301 - \b keeps the lines of the examples apart
    from handouts.cli.output_names import refuse_names
    from handouts.cli.reporting import put_paths, tell
    from handouts.output import make_folders, remove_folders, write_together

    refuse_names([("DIR", folder, ())])
    contents = [(folder / name, content) for name, content in _gather_files().items()]
    _refuse_existing(folder, [path for path, _ in contents])
    made: list[Path] = []
    try:
        make_folders({path.parent for path, _ in contents}, made)
        write_together(contents)
    except BaseException:
        remove_folders(made)
        raise
    put_paths(path for path, _ in contents)
    tell(f"next: write your name and phone number into {folder / 'assets/clinics/my-clinic/clinic.yaml'},")
    tell(f"and your country into {folder / 'handouts.yaml'}")
    tell(f"then try: handouts make {folder / 'requests/sample.yaml'}")


def _gather_files() -> dict[str, bytes]:
    """The content of each file by its path in the folder: samples, pictures, and the schemas that editors check with."""
    from handouts.figure_files import FIGURES
    from handouts.formats.schemas import ALL_KINDS, schema_text
    from handouts.workspace import builtin_root

    files = {path.relative_to(_SAMPLES).as_posix(): path.read_bytes() for path in sorted(_SAMPLES.rglob("*.yaml"))}
    for own, ours in _BORROWED_PICTURES.items():
        for path in sorted((builtin_root() / FIGURES).glob(f"*/{ours}.*.json")):
            name = f"{own}{path.name.removeprefix(ours)}"
            files[f"{FIGURES}/{path.parent.name}/{name}"] = path.read_bytes()
    for kind in ALL_KINDS:
        files[f"schemas/{kind}.schema.json"] = schema_text(kind).encode()
    return files


def _refuse_existing(folder: Path, paths: list[Path]) -> None:
    try:
        there = [path.relative_to(folder).as_posix() for path in paths if path.is_symlink() or path.exists()]
    except (OSError, ValueError) as error:
        from handouts.output import cannot_make

        raise cannot_make(folder, error) from error
    if there:
        names = ", ".join(there[:_NAMES_SHOWN]) + (f" and {len(there) - _NAMES_SHOWN} more" if len(there) > _NAMES_SHOWN else "")
        message = f"would replace {names}; nothing is written"
        raise CannotWriteError(Problem(message=message, place=Place(file=str(folder)), hint="name another folder"))
