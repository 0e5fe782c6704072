"""The schemas editors use are current, and every shipped YAML file names its own and fits it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from handouts.formats.schemas import ALL_KINDS, schema_text

ROOT = Path(__file__).parents[2]
SCHEMAS = ROOT / "schemas"
SHIPPED = sorted(path for top in ("catalog", "templates", "assets") for path in (ROOT / top).rglob("*.yaml")) + sorted(
    ROOT.glob("handouts.yaml")
)
FIRST = "# yaml-language-server: $schema="


@pytest.mark.parametrize("kind", ALL_KINDS)
def test_schema_is_current(kind: str) -> None:
    path = SCHEMAS / f"{kind}.schema.json"
    assert path.read_text(encoding="utf-8") == schema_text(kind), "run: python -m handouts.formats.schemas schemas"
    Draft7Validator.check_schema(json.loads(schema_text(kind)))


def test_no_schema_is_left_over() -> None:
    kinds = {f"{kind}.schema.json" for kind in ALL_KINDS}
    assert {path.name for path in SCHEMAS.glob("*.json")} == {*kinds, "check-report.schema.json"}


def test_files_are_shipped() -> None:
    assert len(SHIPPED) > 60


class YamlOfEditors(yaml.SafeLoader):
    """YAML 1.2's core schema, as editors read it: no dates, no yes and no."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - PyYAML's way
        first: [(tag, pattern) for tag, pattern in pairs if not tag.endswith((":timestamp", ":bool", ":merge"))]
        for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


YamlOfEditors.add_implicit_resolver("tag:yaml.org,2002:bool", __import__("re").compile("^(true|false)$"), ["t", "f"])


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_shipped_file_names_its_schema_and_fits_it(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    first = text.partition("\n")[0]
    assert first.startswith(FIRST)
    schema = (path.parent / first.removeprefix(FIRST)).resolve()
    assert schema.parent == SCHEMAS
    assert schema.is_file()
    content: Any = yaml.load(text, Loader=YamlOfEditors)  # noqa: S506 - a SafeLoader
    faults = [
        f"{list(fault.path)}: {fault.message}" for fault in Draft7Validator(json.loads(schema.read_text())).iter_errors(content)
    ]
    assert not faults
