"""What of a PDF may travel: for each kind of object the entries it may have, and of what kind they are.

Source: ISO 32000-1, chapters 8 and 9. An entry not named here stays behind (metadata, private application entries, actions,
files, alternate images, references to pages and to the structure tree), so nothing active or unknown can be reached.
CharSet and CIDSet are left out because PDF/UA-1 (ISO 14289-1, 7.21.4.2) faults them when they are incomplete, and no viewer
needs them; FontFamily because it is a text for people.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from handouts.nouns import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A kind of object: its entries by key with their kinds, the kind of its array items, and what else it may be."""

    keys: Mapping[str, str] = field(default_factory=dict)
    items: str | None = None
    most: int = 100_000
    """Items of an array; more are cut off."""
    scalar: bool = False
    strings: bool = False
    """Whether a scalar may be a string."""
    names: bool = True
    """Whether a scalar may be a name."""
    dictionary: bool = True
    stream: bool = False


_LENGTHS = (1, 2, 3, 4, 6, 9, 20, 64, 256)


def _plain(keys: str) -> dict[str, str]:
    """Entries that are a number, a name or a boolean, or with ":4" an array of up to four."""
    pairs = (key.partition(":") for key in keys.split())
    return {"/" + key: f"up to {most}" if most else "plain" for key, _, most in pairs}


_FUNCTION = {
    **_plain("FunctionType Domain:64 Range:64 Size:20 BitsPerSample Order Encode:64 Decode:64 C0:64 C1:64 N Bounds:64"),
    "/Functions": "function",
}
_IMAGE = _plain("Type Subtype Width Height BitsPerComponent Intent ImageMask Decode:64 Interpolate SMaskInData Matte:64")
_COLLECTION = {"/CIDSystemInfo": "cid-system", "/UseCMap": "cmap"}

GRAMMAR: dict[str, Rule] = {
    "plain": Rule(scalar=True, dictionary=False),
    "text": Rule(scalar=True, strings=True, dictionary=False),
    "number": Rule(scalar=True, names=False, dictionary=False),
    **{f"up to {most}": Rule(items="number", most=most, scalar=True, dictionary=False) for most in _LENGTHS},
    "modes": Rule(items="plain", most=20, scalar=True, dictionary=False),
    "widths": Rule(items="widths", scalar=True, dictionary=False),
    "dashes": Rule(items="up to 20", most=2, dictionary=False),
    "font": Rule(
        keys={
            **_plain("Type Subtype BaseFont FirstChar LastChar Widths:256 FontBBox:4 FontMatrix:6"),
            "/FontDescriptor": "descriptor",
            "/Encoding": "encoding",
            "/ToUnicode": "unicode-map",
            "/DescendantFonts": "cid-font",
        }
    ),
    "cid-font": Rule(
        keys={
            **_plain("Type Subtype BaseFont DW DW2:2"),
            **dict.fromkeys(("/W", "/W2"), "widths"),
            "/CIDSystemInfo": "cid-system",
            "/FontDescriptor": "descriptor",
            "/CIDToGIDMap": "glyph-map",
        },
        items="cid-font",
    ),
    "cid-system": Rule(keys={**_plain("Supplement"), "/Registry": "text", "/Ordering": "text"}),
    "glyph-map": Rule(scalar=True, stream=True, dictionary=False),
    "descriptor": Rule(
        keys={
            **_plain("Type FontName FontStretch FontWeight Flags FontBBox:4 ItalicAngle Ascent Descent"),
            **_plain("Leading CapHeight XHeight StemV StemH AvgWidth MaxWidth MissingWidth"),
            "/FontFile": "font-program",
            "/FontFile2": "font-program",
            "/FontFile3": "font-program",
        }
    ),
    "font-program": Rule(keys=_plain("Length1 Length2 Length3 Subtype"), stream=True, dictionary=False),
    "encoding": Rule(
        keys={**_plain("Type BaseEncoding CMapName WMode"), "/Differences": "widths", **_COLLECTION},
        scalar=True,
        stream=True,
    ),
    "cmap": Rule(
        keys={**_plain("Type CMapName WMode"), **_COLLECTION},
        scalar=True,
        stream=True,
        dictionary=False,
    ),
    "unicode-map": Rule(keys=_plain("Type CMapName"), stream=True, dictionary=False),
    "image": Rule(
        keys={**_IMAGE, "/ColorSpace": "colour", "/SMask": "soft-image", "/Mask": "mask"}, stream=True, dictionary=False
    ),
    "soft-image": Rule(keys={**_IMAGE, "/ColorSpace": "colour"}, stream=True, dictionary=False),
    "mask": Rule(keys={**_IMAGE, "/ColorSpace": "colour"}, items="number", most=64, stream=True, dictionary=False),
    "colour": Rule(
        keys={**_plain("WhitePoint:3 BlackPoint:3 Gamma:3 Matrix:9"), **_FUNCTION, "/Alternate": "colour"},
        items="colour",
        scalar=True,
        strings=True,
        stream=True,
    ),
    "function": Rule(keys=_FUNCTION, items="function", scalar=True, stream=True),
    "shading": Rule(
        keys={
            **_plain("ShadingType Background:64 BBox:4 AntiAlias Domain:4 Matrix:6 Coords:6 Extend:2"),
            **_plain("BitsPerCoordinate BitsPerComponent BitsPerFlag Decode:64 VerticesPerRow"),
            "/ColorSpace": "colour",
            "/Function": "function",
        },
        stream=True,
    ),
    "shading-pattern": Rule(
        keys={**_plain("Type PatternType Matrix:6"), "/Shading": "shading", "/ExtGState": "graphics-state"},
    ),
    "tiling-pattern": Rule(keys=_plain("Type PatternType PaintType TilingType BBox:4 XStep YStep Matrix:6"), dictionary=False),
    "graphics-state": Rule(
        keys={
            **_plain("Type LW LC LJ ML RI OP op OPM FL SM SA CA ca AIS TK"),
            "/BM": "modes",
            "/D": "dashes",
            **dict.fromkeys(("/TR", "/TR2", "/BG", "/BG2", "/UCR", "/UCR2"), "function"),
            "/SMask": "soft-mask",
        }
    ),
    "soft-mask": Rule(keys={**_plain("Type S BC:64"), "/G": "form", "/TR": "function"}, scalar=True),
    "form": Rule(keys={**_plain("BBox:4 Matrix:6"), "/Group": "group"}, dictionary=False),
    "group": Rule(keys={**_plain("Type S I K"), "/CS": "colour"}),
    "parameters": Rule(
        keys={
            **_plain("Predictor Colors BitsPerComponent Columns EarlyChange K EndOfLine EncodedByteAlign Rows"),
            **_plain("EndOfBlock BlackIs1 DamagedRowsBeforeError ColorTransform"),
        }
    ),
}
