"""Leaves behind what an instruction does not use: surplus operands, comments, unknown entries and bytes of inline pictures.

Source: ISO 32000-1, annex A (operators) and 8.9.7 (inline images).
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from handouts.binding.content import string_end
from handouts.binding.faults import too_heavy
from handouts.binding.inline import InlineHead
from handouts.binding.lexical import REGULAR, SPACE, STRING
from handouts.binding.serialising import LEVEL
from handouts.pdf.jpeg import bare_jpeg

_SHAPES: dict[bytes, str] = {
    **dict.fromkeys(b"b B b* B* BT ET f F f* h n q Q s S T* W W*".split(), ""),
    **dict.fromkeys(b"g G i j J M Tc TL Tr Ts Tw Tz w".split(), "n"),
    **dict.fromkeys(b"d0 l m Td TD".split(), "nn"),
    **dict.fromkeys(b"rg RG".split(), "nnn"),
    **dict.fromkeys(b"k K re v y".split(), "nnnn"),
    **dict.fromkeys(b"c cm d1 Tm".split(), "nnnnnn"),
    **dict.fromkeys(b"sc SC".split(), "n" * 32),
    **dict.fromkeys(b"scn SCN".split(), "n" * 32 + "/"),
    **dict.fromkeys(b"cs CS Do gs ri sh".split(), "/"),
    b"d": "an",
    b"Tf": "/n",
    b"Tj": "s",
    b"'": "s",
    b'"': "nns",
    b"TJ": "a",
}
"""What an operator takes: numbers, names, strings, arrays."""
_MOST_NUMBERS = {operator: len(shape) for operator, shape in _SHAPES.items() if not shape.strip("n")}
_DIGITS = b"0123456789+-. \t\n\r"

_BLANK = rb"[" + SPACE + rb"]"
_HEX = rb"<[0-9A-Fa-f" + SPACE + rb"]*+>"
_NUMBER = rb"[-+.0-9]++(?!" + REGULAR + rb")"
_PLAIN = {
    **dict.fromkeys((b"Tj", b"'"), re.compile(_BLANK + rb"*+(?:" + STRING + rb"|" + _HEX + rb")" + _BLANK + rb"*+")),
    **dict.fromkeys(b"cs CS Do gs ri sh".split(), re.compile(_BLANK + rb"*+/" + REGULAR + rb"*+" + _BLANK + rb"*+")),
    **dict.fromkeys(
        (b"scn", b"SCN"),
        re.compile(rb"(?:" + _BLANK + rb"++|" + _NUMBER + rb")*+(?:/" + REGULAR + rb"*+)?+" + _BLANK + rb"*+"),
    ),
    b"d": re.compile(_BLANK + rb"*+\[(?:" + _BLANK + rb"++|" + _NUMBER + rb")*+\]" + _BLANK + rb"*+" + _NUMBER + _BLANK + rb"*+"),
    b"Tf": re.compile(_BLANK + rb"*+/" + REGULAR + rb"*+" + _BLANK + rb"++" + _NUMBER + _BLANK + rb"*+"),
    b"TJ": re.compile(
        _BLANK + rb"*+\[(?:" + _BLANK + rb"++|" + _NUMBER + rb"|" + STRING + rb"|" + _HEX + rb")*+\]" + _BLANK + rb"*+"
    ),
}
_TOKEN = re.compile(rb"%[^\r\n]*+|" + STRING + rb"|<<|>>|" + _HEX + rb"|[\[\](]|/?" + REGULAR + rb"++|/")
_IS_NUMBER = re.compile(_NUMBER)
_ENDS = {"/AHx": b">", "/ASCIIHexDecode": b">", "/A85": b"~>", "/ASCII85Decode": b"~>"}


def is_plain(operator: bytes, operands: bytes) -> bool:
    """Whether the operands are nothing but what the operator takes, as far as can be told at a glance."""
    most = _MOST_NUMBERS.get(operator)
    if most is not None:
        return len(operands.split(None, most)) <= most and not operands.translate(None, _DIGITS)
    plain = _PLAIN.get(operator)
    return operator not in _SHAPES or (plain is not None and plain.fullmatch(operands) is not None)


def used_operands(operator: bytes, operands: bytes) -> bytes:
    """The operands without what the operator does not take."""
    shape = _SHAPES[operator]
    inside = "n" if operator == b"d" else "ns"
    kept = [text for kind, text in _values(operands, inside) if kind in shape]
    return b" ".join(kept[max(0, len(kept) - len(shape)) :]) + b" "


def _tokens(text: bytes) -> Iterator[bytes]:
    """Words, strings and brackets, without comments."""
    position = 0
    while found := _TOKEN.search(text, position):
        position = found.end()
        token = found[0]
        if token == b"(":  # nested deeper than the pattern sees
            position = string_end(text, found.start())
            token = text[found.start() : position]
        if not token.startswith(b"%"):
            yield token


def _kind(token: bytes) -> str:
    if token.startswith(b"/"):
        return "/"
    if token[:1] in (b"(", b"<") and token != b"<<":
        return "s"
    return "n" if _IS_NUMBER.fullmatch(token) else token.decode("latin-1")


def _values(text: bytes, inside: str) -> Iterator[tuple[str, bytes]]:
    """The operands with their kinds; of arrays only the kinds `inside`."""
    array: list[bytes] | None = None
    for token in _tokens(text):
        kind = _kind(token)
        if kind == "[":
            array = []
        elif kind == "]" and array is not None:
            yield "a", b"[" + b" ".join(array) + b"]"
            array = None
        elif array is None:
            yield kind, token
        elif kind in inside:
            array.append(token)


def used_image(body: bytes, head: InlineHead) -> bytes:
    """An inline image with the entries it may have and the bytes it shows; nothing where it never ends.

    `body` is what stands from its ID to its EI, which belongs to it.
    """
    if not body.endswith(b"EI"):
        return b""
    body = body[: -len(" EI")]
    if head.is_jpeg:
        body = bare_picture(body)
    elif head.codings and head.codings[0] in _ENDS:
        coded, end, _ = body.partition(_ENDS[head.codings[0]])
        body = coded + end
    elif head.deflated:
        body = _deflated_anew(body, head.deflated)
    elif not head.codings and head.is_measured:
        body = body[: head.length] if len(body) > head.length + 2 else body
    return head.written(body)


def _deflated_anew(body: bytes, size: int) -> bytes:
    try:
        return zlib.compress(zlib.decompressobj().decompress(body, size), LEVEL)
    except zlib.error:
        return body  # no viewer shows it


def bare_picture(body: bytes) -> bytes:
    """A JPEG with nothing but its picture; raises SheetError for one that nobody can mean."""
    try:
        return bare_jpeg(body)
    except ValueError as error:
        raise too_heavy(f"holds a picture in {error}") from error
