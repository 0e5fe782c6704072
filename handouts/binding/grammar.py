"""What of a PDF may travel: for each kind of object the entries it may have, and of what kind they are.

Source: ISO 32000-1, chapters 8 and 9. An entry not named here stays behind (metadata, private application entries, actions,
files, alternate images, references to pages and to the structure tree), so nothing active or unknown can be reached.
CharSet and CIDSet are left out because PDF/UA-1 (ISO 14289-1, 7.21.4.2) faults them when they are incomplete, and no viewer
needs them; FontFamily because it is a text for people.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A kind of object: its entries by key with their kinds, the kind of its array items, and what else it may be."""

    keys: Mapping[str, str] = field(default_factory=dict)
    items: str | None = None
    scalar: bool = False
    dictionary: bool = True
    stream: bool = False


def _plain(keys: str) -> dict[str, str]:
    return {"/" + key: "plain" for key in keys.split()}


_FUNCTION = {
    **_plain("FunctionType Domain Range Size BitsPerSample Order Encode Decode C0 C1 N Bounds"),
    "/Functions": "function",
}
_IMAGE = _plain("Type Subtype Width Height BitsPerComponent Intent ImageMask Decode Interpolate SMaskInData Matte")

GRAMMAR: dict[str, Rule] = {
    "plain": Rule(items="plain", scalar=True, dictionary=False),
    "font": Rule(
        keys={
            **_plain("Type Subtype BaseFont FirstChar LastChar Widths FontBBox FontMatrix"),
            "/FontDescriptor": "descriptor",
            "/Encoding": "encoding",
            "/ToUnicode": "unicode-map",
            "/DescendantFonts": "cid-font",
        }
    ),
    "cid-font": Rule(
        keys={
            **_plain("Type Subtype BaseFont DW W DW2 W2"),
            "/CIDSystemInfo": "cid-system",
            "/FontDescriptor": "descriptor",
            "/CIDToGIDMap": "glyph-map",
        },
        items="cid-font",
    ),
    "cid-system": Rule(keys=_plain("Registry Ordering Supplement")),
    "glyph-map": Rule(scalar=True, stream=True, dictionary=False),
    "descriptor": Rule(
        keys={
            **_plain("Type FontName FontStretch FontWeight Flags FontBBox ItalicAngle Ascent Descent"),
            **_plain("Leading CapHeight XHeight StemV StemH AvgWidth MaxWidth MissingWidth"),
            "/FontFile": "font-program",
            "/FontFile2": "font-program",
            "/FontFile3": "font-program",
        }
    ),
    "font-program": Rule(keys=_plain("Length1 Length2 Length3 Subtype"), stream=True, dictionary=False),
    "encoding": Rule(
        keys={**_plain("Type BaseEncoding Differences CMapName WMode"), "/CIDSystemInfo": "cid-system", "/UseCMap": "cmap"},
        scalar=True,
        stream=True,
    ),
    "cmap": Rule(
        keys={**_plain("Type CMapName WMode"), "/CIDSystemInfo": "cid-system", "/UseCMap": "cmap"},
        scalar=True,
        stream=True,
        dictionary=False,
    ),
    "unicode-map": Rule(keys=_plain("Type CMapName"), stream=True, dictionary=False),
    "image": Rule(
        keys={**_IMAGE, "/ColorSpace": "colour", "/SMask": "soft-image", "/Mask": "mask"}, stream=True, dictionary=False
    ),
    "soft-image": Rule(keys={**_IMAGE, "/ColorSpace": "colour"}, stream=True, dictionary=False),
    "mask": Rule(keys={**_IMAGE, "/ColorSpace": "colour"}, items="plain", stream=True, dictionary=False),
    "colour": Rule(
        keys={**_plain("WhitePoint BlackPoint Gamma Matrix"), **_FUNCTION, "/Alternate": "colour"},
        items="colour",
        scalar=True,
        stream=True,
    ),
    "function": Rule(keys=_FUNCTION, items="function", scalar=True, stream=True),
    "shading": Rule(
        keys={
            **_plain("ShadingType Background BBox AntiAlias Domain Matrix Coords Extend BitsPerCoordinate BitsPerComponent"),
            **_plain("BitsPerFlag Decode VerticesPerRow"),
            "/ColorSpace": "colour",
            "/Function": "function",
        },
        stream=True,
    ),
    "shading-pattern": Rule(
        keys={**_plain("Type PatternType Matrix"), "/Shading": "shading", "/ExtGState": "graphics-state"},
    ),
    "tiling-pattern": Rule(keys=_plain("Type PatternType PaintType TilingType BBox XStep YStep Matrix"), dictionary=False),
    "graphics-state": Rule(
        keys={
            **_plain("Type LW LC LJ ML D RI OP op OPM FL SM SA BM CA ca AIS TK"),
            **dict.fromkeys(("/TR", "/TR2", "/BG", "/BG2", "/UCR", "/UCR2"), "function"),
            "/SMask": "soft-mask",
        }
    ),
    "soft-mask": Rule(keys={**_plain("Type S BC"), "/G": "form", "/TR": "function"}, scalar=True),
    "form": Rule(keys={**_plain("BBox Matrix"), "/Group": "group"}, dictionary=False),
    "group": Rule(keys={**_plain("Type S I K"), "/CS": "colour"}),
    "parameters": Rule(
        keys={
            **_plain("Predictor Colors BitsPerComponent Columns EarlyChange K EndOfLine EncodedByteAlign Rows"),
            **_plain("EndOfBlock BlackIs1 DamagedRowsBeforeError ColorTransform"),
        }
    ),
}
