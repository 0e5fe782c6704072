"""Inline pictures (ISO 32000-1, 8.9.7): their head is read strictly, and they are written so that all find the same end.

Why strictly: viewers read a head that is no clean list of entries each in their own way, and the size they find is their work.
Why written anew: where the body ends is only known to who unpacks it; a body that holds an EI of its own would hide from us what
viewers draw behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice

from handouts.binding.faults import SheetError, too_heavy
from handouts.binding.lexical import REGULAR, SPACE, STRING, decoded_name
from handouts.nouns import dataclass

_TOKEN = re.compile(
    rb"[-+.0-9]" + REGULAR + rb"*+|/" + REGULAR + rb"*+|" + STRING + rb"|<<|>>"
    rb"|<[0-9A-Fa-f" + SPACE + rb"]*+>|[\[\]]|(?:true|false|null)(?!" + REGULAR + rb")"
)  # fmt: skip
_HEAD = re.compile(rb"(?:[" + SPACE + rb"]++|" + _TOKEN.pattern + rb")*+(?=ID[" + SPACE + rb"])")
_WHOLE = re.compile(rb"\d{1,10}")
FAX_COLUMNS = 1728  # where a fax says none (ISO 32000-1, table 11)
_MOST_TOKENS = 200
_DEEPEST = 3

_SHORT = {
    "/W": "/Width",
    "/H": "/Height",
    "/BPC": "/BitsPerComponent",
    "/CS": "/ColorSpace",
    "/F": "/Filter",
    "/IM": "/ImageMask",
    "/DP": "/DecodeParms",
    "/D": "/Decode",
    "/I": "/Interpolate",
}
_KEPT = ("/Width", "/Height", "/BitsPerComponent", "/ColorSpace", "/ImageMask", "/Decode", "/Interpolate")
_JPEG, _FAX = frozenset({"/DCT", "/DCTDecode"}), frozenset({"/CCF", "/CCITTFaxDecode"})
_PLAIN_CODINGS = "/AHx /ASCIIHexDecode /A85 /ASCII85Decode /LZW /LZWDecode /Fl /FlateDecode /RL /RunLengthDecode"
_DEFLATED = (("/Fl",), ("/FlateDecode",))
_MEASURED = re.compile(rb"\[|/(?:G|RGB|CMYK|I|DeviceGray|DeviceRGB|DeviceCMYK|Indexed)$")
_CODINGS = _JPEG | _FAX | frozenset(_PLAIN_CODINGS.split())
_COMPONENTS = {b"/RGB": 3, b"/DeviceRGB": 3, b"/CMYK": 4, b"/DeviceCMYK": 4}


@dataclass(frozen=True, slots=True, kw_only=True)
class InlineHead:
    """What the head of an inline picture says; `end` is where its ID stands, `space` the name of its colours, as written."""

    end: int
    across: int
    down: int
    is_jpeg: bool
    space: bytes | None
    row: int
    """Bytes of a row that is not coded, where the colours are known by their name."""
    entries: Mapping[str, tuple[bytes, ...]]
    """The parts of each value, by the long name of its key."""

    def written(self, body: bytes) -> bytes:
        """The picture from BI to EI with this body, in hexadecimal digits: their end is a sign that no body can hold."""
        codings = [name.encode("ascii") for name in self.codings]
        parameters = self.entries.get("/DecodeParms", ())
        lines = [(key.encode("ascii"), *self.entries[key]) for key in _KEPT if key in self.entries and not self._speaks(key)]
        lines.append((b"/Filter", b"[", b"/AHx", *codings, b"]"))
        if codings and parameters and not self._speaks("/DecodeParms"):
            inner = parameters[1:-1] if parameters[0] == b"[" else parameters
            lines.append((b"/DecodeParms", b"[", b"null", *inner, b"]"))
        head = b"\n".join(b" ".join(line) for line in lines)
        return b"BI\n" + head + b"\nID " + body.hex().encode("ascii") + b">\nEI"

    @property
    def length(self) -> int:
        """Bytes of the picture; 0 where it is coded."""
        return 0 if self.codings else self.down * self.row

    @property
    def deflated(self) -> int:
        """Bytes of the picture where it is deflated, in no other way, and its size can be told; otherwise 0."""
        told = self.codings in _DEFLATED and "/DecodeParms" not in self.entries and self.is_measured
        return self.down * self.row if told else 0

    @property
    def codings(self) -> tuple[str, ...]:
        """The names of its codings, the outermost first."""
        return tuple(decoded_name(token) for token in self.entries.get("/Filter", ()) if token.startswith(b"/"))

    @property
    def is_measured(self) -> bool:
        """Whether its colours are told without looking anything up."""
        return b"true" in self.entries.get("/ImageMask", ()) or _MEASURED.match(self.colours) is not None

    @property
    def colours(self) -> bytes:
        """The first part of the colour space, as written."""
        return self.entries.get("/ColorSpace", (b"",))[0]

    def _speaks(self, key: str) -> bool:
        """Whether a value holds text, as only a palette may."""
        return key != "/ColorSpace" and any(part[:1] in (b"(", b"<") and part != b"<<" for part in self.entries[key])


def read_inline_head(data: bytes, start: int) -> InlineHead:
    """The head that begins after the BI before `start`.

    Raises SheetError for one that is no list of entries, has a size that is no plain number, or hides the size of a JPEG in
    another coding.
    """
    found = _HEAD.match(data, start)
    if found is None:
        raise _unreadable()
    tokens = [token.group() for token in islice(_TOKEN.finditer(data, start, found.end()), _MOST_TOKENS + 1)]
    if len(tokens) > _MOST_TOKENS:
        raise _unreadable()
    entries: dict[str, tuple[bytes, ...]] = {}
    for key, value in _entries(tokens):
        if key in entries:
            raise _unreadable()
        entries[key] = tuple(value)
    codings = [decoded_name(token) for token in entries.get("/Filter", ()) if token.startswith(b"/")]
    if not _CODINGS.issuperset(codings) or (len(codings) > 1 and not _JPEG.isdisjoint(codings)):
        raise _unreadable()
    said = _sizes(tokens)
    if not _FAX.isdisjoint(codings):
        said["/Columns"] = said["/Columns"] or FAX_COLUMNS
    space = next((token for token in entries.get("/ColorSpace", ())[:1] if token.startswith(b"/")), None)
    bits = 1 if b"true" in entries.get("/ImageMask", ()) else _whole(entries.get("/BitsPerComponent", (b"1",))[0])
    return InlineHead(
        end=found.end(),
        across=max(said["/Width"], said["/Columns"]),
        down=max(said["/Height"], said["/Rows"]),
        is_jpeg=not _JPEG.isdisjoint(codings),
        space=space,
        row=(said["/Width"] * _COMPONENTS.get(space or b"", 1) * bits + 7) // 8,
        entries=entries,
    )


def _sizes(tokens: list[bytes]) -> dict[str, int]:
    """The largest that is said of each size, wherever it stands."""
    said = dict.fromkeys(("/Width", "/Height", "/Columns", "/Rows"), 0)
    for name, number in zip(tokens, [*tokens[1:], b""], strict=True):
        key = _key(name)
        if key in said:
            said[key] = max(said[key], _whole(number))
    return said


def _entries(tokens: list[bytes]) -> Iterator[tuple[str, list[bytes]]]:
    """Each key with the tokens of its value."""
    rest = iter(tokens)
    for token in rest:
        if not token.startswith(b"/"):
            raise _unreadable()
        value: list[bytes] = []
        open_signs: list[bytes] = []
        while not value or open_signs:
            part = next(rest, None)
            if part is None or len(open_signs) > _DEEPEST:
                raise _unreadable()
            value.append(part)
            if part in (b"[", b"<<"):
                open_signs.append(b"]" if part == b"[" else b">>")
            elif part in (b"]", b">>") and (not open_signs or open_signs.pop() != part):
                raise _unreadable()
        yield _key(token), value


def _key(token: bytes) -> str:
    """The long name of a key; "" for what is no name."""
    if not token.startswith(b"/"):
        return ""
    name = decoded_name(token)
    return _SHORT.get(name, name)


def _whole(token: bytes) -> int:
    if not _WHOLE.fullmatch(token):
        raise _unreadable()
    return int(token)


def _unreadable() -> SheetError:
    return too_heavy("holds a picture in a form that can't be read")
