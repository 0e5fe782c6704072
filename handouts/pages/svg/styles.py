"""How the elements of an SVG are painted: presentation attributes, `style` attributes and simple style sheets, in CSS's order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from handouts.nouns import dataclass
from handouts.pages.svg.tree import Element, SvgError

INITIAL: Mapping[str, str] = {
    "fill": "black", "fill-rule": "nonzero", "fill-opacity": "1", "stroke": "none", "stroke-width": "1", "stroke-opacity": "1",
    "stroke-linecap": "butt", "stroke-linejoin": "miter", "stroke-miterlimit": "4", "stroke-dasharray": "none",
    "stroke-dashoffset": "0", "color": "black", "visibility": "visible", "paint-order": "normal",
}  # fmt: skip
"""What is inherited, with the value it begins with (SVG 2, appendix G)."""

_OWN = {"opacity": "1", "display": "inline"}  # what counts for the element and all in it, but is not inherited
_REFUSED = {  # property -> values that change nothing, and what to do about others
    "clip-path": (("none",), "release the clip, and cut the paths themselves"),
    "mask": (("none",), "release the mask"),
    "filter": (("none",), "remove the filter: no blur, no shadow"),
    "mix-blend-mode": (("normal",), "set the blend mode to normal"),
    "marker": (("none",), "turn the line with its arrow head into a path (Inkscape: Path, Stroke to Path)"),
    "marker-start": (("none",), "turn the line with its arrow head into a path (Inkscape: Path, Stroke to Path)"),
    "marker-mid": (("none",), "turn the line with its arrow head into a path (Inkscape: Path, Stroke to Path)"),
    "marker-end": (("none",), "turn the line with its arrow head into a path (Inkscape: Path, Stroke to Path)"),
    "vector-effect": (("none",), "give the line a width of its own"),
}
_KNOWN = frozenset({*INITIAL, *_OWN, *_REFUSED})
_MOST_RULES = 200
_RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
_SELECTOR = re.compile(r"(?P<name>\*|[A-Za-z][\w-]*)?(?:(?P<kind>[.#])(?P<word>[\w-]+))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule with one simple selector: an element's name, a class, an id, or a name with one of both."""

    name: str | None
    css_class: str | None
    id: str | None
    declared: Mapping[str, str]

    def matches(self, element: Element, classes: frozenset[str]) -> bool:
        """True where the rule is for this element."""
        return (
            (self.name is None or self.name == element.name)
            and (self.css_class is None or self.css_class in classes)
            and (self.id is None or self.id == element.attributes.get("id"))
        )

    @property
    def weight(self) -> tuple[bool, bool, bool]:
        """How specific the selector is."""
        return (self.id is not None, self.css_class is not None, self.name is not None)


class StyleSheet:
    """All rules of a drawing, the least specific first, found by what they name."""

    def __init__(self, styles: Iterable[tuple[str, int]]) -> None:
        rules = sorted((rule for text, line in styles for rule in _read_rules(text, line)), key=lambda rule: rule.weight)
        self._rules: dict[str, list[tuple[int, Rule]]] = {}
        for place, rule in enumerate(rules):
            key = f"#{rule.id}" if rule.id else f".{rule.css_class}" if rule.css_class else rule.name or "*"
            self._rules.setdefault(key, []).append((place, rule))

    def declared(self, element: Element) -> dict[str, str]:
        """What is said of the painting of an element, by attributes, rules and its `style`, each over the one before.

        Raises:
            SvgError: a property that cannot be drawn.

        """
        given = {key: value.strip() for key, value in element.attributes.items() if key in _KNOWN}
        if self._rules:
            classes = frozenset(element.attributes.get("class", "").split())
            keys = ("*", element.name, *(f".{each}" for each in classes), f"#{element.attributes.get('id')}")
            found = [pair for key in keys for pair in self._rules.get(key, ()) if pair[1].matches(element, classes)]
            for _, rule in sorted(found, key=lambda pair: pair[0]):
                given |= rule.declared
        given |= _read_declarations(element.attributes.get("style", ""), element.line)
        for key, (harmless, hint) in _REFUSED.items():
            if given.get(key, harmless[0]) not in harmless:
                raise SvgError(f"{key} is not drawn here", hint, element.line)
        return given


def inherit(above: Mapping[str, str], declared: Mapping[str, str]) -> dict[str, str]:
    """The inherited properties of an element whose parent has those `above`."""
    own = {key: value for key, value in declared.items() if key in INITIAL and value != "inherit"}
    return {**above, **{key: INITIAL[key] if value == "initial" else value for key, value in own.items()}}


def _without_comments(text: str) -> str:
    """The text without its comments; one that does not end stays. Why no pattern: it would look for each end anew."""
    kept, position = [], 0
    while (start := text.find("/*", position)) >= 0 and (end := text.find("*/", start + 2)) >= 0:
        kept.append(text[position:start])
        position = end + 2
    return "".join((*kept, text[position:]))


def _read_rules(text: str, line: int) -> Iterator[Rule]:
    css = _without_comments(text).replace("<!--", "").replace("-->", "")
    if "@" in css or "/*" in css:
        raise SvgError("style sheets may hold plain rules only, no @import, @font-face or @media", "remove it", line)
    position = count = 0
    while found := _RULE.match(css, position):
        position = found.end()
        declared = _read_declarations(found.group(2), line)
        for selector in found.group(1).split(","):
            count += 1
            if count > _MOST_RULES:
                raise SvgError(f"more than {_MOST_RULES} rules in a style sheet", "draw it more simply", line)
            yield _read_selector(selector.strip(), declared, line)
    if css[position:].strip():
        raise SvgError("the style sheet cannot be read", "save it with styles at the elements (presentation attributes)", line)


def _read_selector(text: str, declared: Mapping[str, str], line: int) -> Rule:
    found = _SELECTOR.fullmatch(text)
    if not text or found is None:
        message, hint = f'the style rule for "{text[:30]}" is not read', "save it with styles at the elements"
        raise SvgError(message, f"{hint} (presentation attributes)", line)
    kind, word, name = found.group("kind"), found.group("word"), found.group("name")
    return Rule(
        name=None if name == "*" else name,
        css_class=word if kind == "." else None,
        id=word if kind == "#" else None,
        declared=declared,
    )


def _read_declarations(text: str, line: int) -> dict[str, str]:
    declared = {}
    for each in _without_comments(text).split(";"):
        key, colon, value = each.partition(":")
        name, said = key.strip().lower(), value.replace("!important", "").strip()
        if colon and name in _KNOWN:
            declared[name] = said
        elif colon and name in ("transform", "d") and said != "none":
            raise SvgError(f"{name} in a style is not read", f"write it as an attribute: {name}=…", line)
    return declared
