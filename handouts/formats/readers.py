"""The small words to declare a file format with: each reads a node into a value, and describes itself as JSON Schema."""

from __future__ import annotations

from handouts.formats.container_readers import Record, either, list_of, mapping_of, one_or_more, record
from handouts.formats.reading import Problems, Reader, Reference, UnreadableError, described, quoted
from handouts.formats.scalar_readers import (
    ID_PATTERN,
    MAX_ID,
    choice,
    choice_of,
    flag,
    identifier,
    integer,
    number,
    reference,
    text,
)

__all__ = [
    "ID_PATTERN",
    "MAX_ID",
    "Problems",
    "Reader",
    "Record",
    "Reference",
    "UnreadableError",
    "choice",
    "choice_of",
    "described",
    "either",
    "flag",
    "identifier",
    "integer",
    "list_of",
    "mapping_of",
    "number",
    "one_or_more",
    "quoted",
    "record",
    "reference",
    "text",
]
