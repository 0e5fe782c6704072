"""Which words of a request are a patient's, or about one: no problem shows what stands there."""

from __future__ import annotations

from handouts.formats.calendar_readers import StepReader
from handouts.formats.container_readers import ListOf, MappingOf
from handouts.formats.nodes import Mapping, Node, Scalar, Sequence
from handouts.formats.reading import Reader
from handouts.formats.request_kinds import REQUEST_FIELDS
from handouts.formats.scalar_readers import Text, is_id

_ALWAYS = frozenset({"patient", "patient_id"})


def _is_private(key: str, reader: Reader[object]) -> bool:
    written = reader.inner if isinstance(reader, (MappingOf, ListOf)) else reader
    return key in _ALWAYS or isinstance(written, StepReader) or (isinstance(written, Text) and written.pattern is None)


PRIVATE_KEYS = frozenset(key for key, reader in REQUEST_FIELDS.items() if _is_private(key, reader))


def hide_private(tree: Node) -> None:
    """Mark what is private in the tree of a request; where it is only text, all of it."""
    if isinstance(tree, Scalar):
        tree.private = not is_id(tree.text)
    if not isinstance(tree, Mapping):
        return
    for key, value in tree.values.items():
        if key in PRIVATE_KEYS:
            hide(value)
        elif isinstance(value, Sequence):  # exercises with their notes
            for item in value.items:
                if isinstance(item, Mapping):
                    hide_private(item)


def hide(node: Node) -> None:
    """Mark all text of a node as private; keys that have the form of an id are none."""
    if isinstance(node, Scalar):
        node.private = True
    elif isinstance(node, Sequence):
        for item in node.items:
            hide(item)
    else:
        for key, value in node:
            key.private = not is_id(key.text)
            hide(value)
