"""The import contracts of pyproject.toml name every room: a new one cannot be forgotten."""

from __future__ import annotations

import tomllib
from pathlib import Path

import handouts

PACKAGE = Path(handouts.__file__).parent
OWNERS = {
    "numpy": {"illustrate"},
    "scipy": {"illustrate"},
    "reportlab": {"pages"},
    "PIL": {"pages", "measuring"},
    "pypdf": {"binding", "measuring"},
    "cryptography": {"binding", "measuring"},
    "pypdfium2": {"measuring"},
    "pypdfium2_raw": {"measuring"},
    "yaml": {"formats"},
    "typer": {"cli"},
    "rich": {"cli"},
    "babel": {"wording"},
    "icalendar": {"reminders"},
}


def rooms(folder: Path) -> set[str]:
    """The packages and modules of a folder by name."""
    found = {path.stem for path in folder.glob("*.py")} | {path.parent.name for path in folder.glob("*/__init__.py")}
    return {name for name in found if not name.startswith("_")}


def test_each_library_is_forbidden_everywhere_but_in_its_room() -> None:
    contracts = tomllib.loads((PACKAGE.parent / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    told = {
        library: {name.removeprefix("handouts.") for name in contract["source_modules"]}
        for contract in contracts
        if contract["type"] == "forbidden" and contract.get("allow_indirect_imports")
        for library in contract["forbidden_modules"]
    }
    assert set(told) == set(OWNERS)
    for library, owners in OWNERS.items():
        wanted = rooms(PACKAGE) - owners
        assert told[library] == wanted, library
