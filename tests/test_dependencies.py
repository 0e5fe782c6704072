"""What is needed at run time is what THIRD-PARTY.md says, under permissive licences, in versions without known holes."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import PackageMetadata, metadata, requires, version
from pathlib import Path

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
THIRD_PARTY = (ROOT / "THIRD-PARTY.md").read_text(encoding="utf-8")
# What metadata calls the licence of a package; words of the older form on the left.
LICENCES = {
    "MIT": "MIT",
    "MIT License": "MIT",
    "MIT-CMU": "MIT-CMU",
    "MIT-0": "MIT-0",
    "BSD-3-Clause": "BSD-3-Clause",
    "BSD license (see license.txt for details), Copyright (c) 2000-2025, ReportLab Inc.": "BSD-3-Clause",
    "BSD-2-Clause": "BSD-2-Clause",
    "BSD License": "BSD-3-Clause",
    "ISC License": "ISC",
    "PSF-2.0": "PSF-2.0",
    "Apache-2.0": "Apache-2.0",
    "Apache-2.0 OR BSD-3-Clause": "Apache-2.0 or BSD-3-Clause",
}
"""Permissive ones only. A package under any other has no place at run time until it is added here, and in THIRD-PARTY.md."""


def closure(extra: str = "") -> dict[str, str]:
    """What is needed at run time, and what that needs: canonical names with the names that packages call themselves."""
    found: dict[str, str] = {}
    waiting = [("handouts", frozenset({extra}))]
    seen: set[tuple[str, frozenset[str]]] = set()
    while waiting:
        name, extras = waiting.pop()
        if (name, extras) in seen:
            continue
        seen.add((name, extras))
        if name != "handouts":
            found[str(canonicalize_name(name))] = metadata(name)["Name"]
        for each in map(Requirement, requires(name) or []):
            environments = [dict(default_environment(), extra=one) for one in {*extras, ""}]
            if each.marker is None or any(map(each.marker.evaluate, environments)):
                waiting += [(each.name, frozenset(each.extras))]
    return found


RUN_TIME = closure()


def licence_of(about: PackageMetadata) -> str:
    """What a package says of its licence: by the new field, the old one, or the classifier."""
    said = about.get("License-Expression") or about.get("License")
    if said:
        return " ".join(said.split())
    named = [each for each in about.get_all("Classifier") or [] if each.startswith("License ::")]
    return named[0].rpartition(" :: ")[2] if named else ""


def documented() -> dict[str, str]:
    """The packages of THIRD-PARTY.md that are needed at run time, with their licences."""
    _, _, part = THIRD_PARTY.partition("## Needed at run time")
    part, _, _ = part.partition("\n## ")
    rows = re.findall(r"^\| ([A-Za-z]\w*) \| .*? \| ([^|]+) \|", part, re.MULTILINE)
    _, _, sentence = part.partition("These bring in further packages")
    flat = " ".join(sentence.split())
    brought = re.findall(r"([\w-]+(?: and [\w-]+)?) \(([^)]+)\)", flat)
    pairs = [*rows, *((name, licence) for names, licence in brought for name in names.split(" and "))]
    return {str(canonicalize_name(name)): licence.strip() for name, licence in pairs if name != "package"}


def test_what_is_documented_is_what_is_installed() -> None:
    assert len(RUN_TIME) > 15
    assert set(RUN_TIME) <= set(documented())
    assert set(documented()) - set(RUN_TIME) <= {"typing-extensions"}, "which newer Pythons do not need"


@pytest.mark.parametrize("name", sorted(RUN_TIME))
def test_every_licence_is_permissive_and_documented(name: str) -> None:
    said = licence_of(metadata(RUN_TIME[name]))
    assert "GPL" not in said
    assert said in LICENCES, f"{name}: {said}"
    assert documented()[name] == LICENCES[said], name


def test_what_extras_bring_in_is_documented_too() -> None:
    for extra, names in (("preflight", {"pypdfium2"}), ("illustrate", {"numpy", "scipy"})):
        assert set(closure(extra)) - set(RUN_TIME) == names
        for name in names:
            assert re.search(rf"^\| {name}[ ,]", THIRD_PARTY, re.MULTILINE | re.IGNORECASE)


def test_each_package_has_the_text_of_its_licence() -> None:
    """Only of what we name ourselves: what it brings in carries its own."""
    for text in re.findall(r"`(licenses/[\w.-]+)`", THIRD_PARTY):
        assert (ROOT / text).is_file(), text


def test_each_lower_bound_has_its_reason_and_is_kept() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    project = tomllib.loads(text)["project"]
    named = [*project["dependencies"], *project["optional-dependencies"]["preflight"]]
    assert len(named) == 10
    for line in named:
        wanted = Requirement(line)
        assert ">=" in str(wanted.specifier), line
        assert re.search(rf'^ *"{re.escape(line)}",? +# \S', text, re.MULTILINE), f"{line}: why this version?"
        assert wanted.specifier.contains(version(wanted.name)), line
