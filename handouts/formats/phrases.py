"""Phrases of the page: their keys and slots must be those of the built-in English, which the code is written for."""

from __future__ import annotations

import string
from collections.abc import Iterator

from handouts.formats.nodes import Mapping, Node, Scalar
from handouts.formats.reading import Problems, quoted


def find_slots(text: str) -> frozenset[str] | None:
    """Return the names in braces of a phrase; None when a brace stands alone or holds more than a name."""
    try:
        fields = [field for field in string.Formatter().parse(text) if field[1] is not None]
    except ValueError:
        return None
    if any(not (name or "").isidentifier() or spec or conversion for _, name, spec, conversion in fields):
        return None
    return frozenset(str(name) for _, name, _, _ in fields)


def check_slots(node: Scalar, name: str, allowed: frozenset[str], problems: Problems) -> frozenset[str]:
    """Return the slots of one text; note a problem for a brace that stands alone and for each slot that is not allowed."""
    slots = find_slots(node.text)
    known = f"slots: {_named(allowed)}" if allowed else "leave the braces out"
    if slots is None:
        problems.add(node.place, f"{name}: a {{ or }} stands alone, or holds more than a name", known)
        return frozenset()
    for slot in sorted(slots - allowed):
        problems.add(node.place, f"{name}: there is no value {{{slot}}} here", known)
    return slots


def check_phrases(tree: Node, reference: Node, problems: Problems) -> None:
    """Note a problem for each key of `messages` that the reference lacks or has alone, and for each wrong slot.

    A phrase with plural forms may leave a slot out of some forms ("once a day"), never out of all.
    """
    ours, theirs = _messages(reference), _messages(tree)
    if ours is None or theirs is None:
        return
    for key, node in theirs:
        known = ours.values.get(key.text)
        if known is None:
            problems.add(key.place, f"messages: there is no phrase {quoted(key.text)}", problems.suggest(key.text, ours.values))
            continue
        wanted = frozenset[str]().union(*(find_slots(form.text) or () for form in _forms(known)))
        found = frozenset[str]().union(*(check_slots(form, key.text, wanted, problems) for form in _forms(node)))
        if wanted - found:
            problems.add(node.place, f"{key.text}: does not say {_named(wanted - found)}", f"slots: {_named(wanted)}")
    for missing in [key for key in ours.values if key not in theirs.values]:
        problems.add(theirs.place, f"messages: {missing} is missing", f"add a line {missing}: …")


def _messages(tree: Node) -> Mapping | None:
    node = tree.values.get("messages") if isinstance(tree, Mapping) else None
    return node if isinstance(node, Mapping) else None


def _forms(node: Node) -> Iterator[Scalar]:
    """The text of a phrase, or the text of each of its plural forms."""
    for each in node.values.values() if isinstance(node, Mapping) else (node,):
        if isinstance(each, Scalar):
            yield each


def _named(slots: frozenset[str]) -> str:
    return ", ".join(f"{{{slot}}}" for slot in sorted(slots))
