"""Writes schemas/KIND.schema.json for every kind of YAML file: `python -m handouts.formats.schemas FOLDER`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from handouts.formats.kinds import KINDS
from handouts.formats.pose_kinds import POSE_KINDS

ALL_KINDS = {**KINDS, **POSE_KINDS}


def schema_text(kind: str) -> str:
    """Return the JSON Schema of one kind of file, as it stands in the schemas folder."""
    file_kind = ALL_KINDS[kind]
    schema = {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": f"{kind}.schema.json",
        "title": file_kind.title,
        **file_kind.reader.json_schema(),
    }
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def write_schemas(folder: Path) -> list[Path]:
    """Write all schemas and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for kind in ALL_KINDS:
        path = folder / f"{kind}.schema.json"
        path.write_text(schema_text(kind), encoding="utf-8")
        paths.append(path)
    return paths


if __name__ == "__main__":
    write_schemas(Path(sys.argv[1] if len(sys.argv) > 1 else "schemas"))
