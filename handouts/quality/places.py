"""Where a value stands: the file, line and column of a way into a YAML file of the workspace."""

from __future__ import annotations

from collections.abc import Callable

from handouts.formats.nodes import Mapping, Node, Sequence, overlay
from handouts.formats.reading import Problems
from handouts.quality.remarks import Way
from handouts.workspace import Workspace, gather_tree


def place_in(workspace: Workspace, relative: str, *, base: str | None = None) -> Callable[[Way], str]:
    """Return what finds the place of a value in one file, for example `catalog/clock.yaml`, read only when asked.

    `base`: a file under it, whose values count where this one has none.
    """
    trees: list[Node | None] = []

    def find(at: Way) -> str:
        if not trees:
            own = gather_tree(workspace, relative, Problems())
            below = gather_tree(workspace, base, Problems()) if base else None
            trees.append(overlay(below, own) if below is not None and own is not None else own)
        node = trees[0]
        return relative if node is None else str(_descend(node, at).place) if at else node.origin.file

    return find


def _descend(node: Node, at: Way) -> Node:
    for part in at:
        below: Node | None = None
        if isinstance(node, Mapping):
            below = node.values.get(str(part)) or _valued(node, str(part))
        elif isinstance(node, Sequence) and isinstance(part, int) and part < len(node.items):
            below = node.items[part]
        if below is None:
            return node
        node = below
    return node


def _valued(node: Mapping, part: str) -> Node | None:
    """Looks through `{value: …, source: …}`."""
    inner = node.values.get("value")
    return inner.values.get(part) if isinstance(inner, Mapping) else None
