"""PDFs that hold what a page does not show and viewers pass over."""

from __future__ import annotations

import zlib

from attacks.pdf_parts import Make, jpx_head, letters
from attacks.raw_pdf import SHEET, drawing, packed, raw, stream

SECRET = b"SECRETMARK"


def _secret_jpeg() -> bytes:
    """A JPEG with notes of its camera, a comment, and bytes behind its end."""
    import io

    from PIL import Image

    notes = Image.Exif()
    notes[0x10E] = SECRET.decode()
    written = io.BytesIO()
    Image.new("RGB", (16, 16)).save(written, "JPEG", exif=notes, comment=SECRET, icc_profile=SECRET * 9)
    return written.getvalue() + SECRET


def _picture(body: bytes, more: bytes = b"", space: bytes = b"/DeviceGray", *objects: bytes) -> bytes:
    entries = b"/Type/XObject/Subtype/Image/Width 16/Height 16/BitsPerComponent 8/ColorSpace" + space + more
    return drawing(b"/I Do", b"/XObject<</I 5 0 R>>", stream(body, entries), *objects)


_INLINE = b"BI /W 2 /H 1 /BPC 8 /CS /G "


_MARKED = b"/OC /A BDC BT /F 9 Tf (SECRETMARK) Tj ET EMC 0 0 9 9 re f"
_GRAY = b"/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray"
_CMAP = b"begincmap 1 begincodespacerange <0000><ffff> endcodespacerange 1 begincidrange <0000><ffff> 0 endcidrange endcmap"


def _layer(
    settings: bytes, membership: bytes = b"<</Type/OCMD/OCGs 6 0 R>>", usage: bytes = b"", content: bytes = _MARKED
) -> bytes:
    """A page with something in a layer; `settings` are those of the document, group 6 is the layer."""
    resources = b"/Properties<</A 5 0 R>>/Font<</F 7 0 R>>/Pattern<</P 8 0 R>>"
    page = b"<<" + SHEET + b"/Contents 4 0 R/Resources<<" + resources + b">>>>"
    tile = b"/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 8 8]/XStep 8/YStep 8/Resources<<>>"
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    group = b"<</Type/OCG/Name(x)/Usage<<" + usage + b">>>>"
    root = b"<</Type/Catalog/Pages 2 0 R/OCProperties<</OCGs[6 0 R]/D<<" + settings + b">>>>>>"
    return raw([page, packed(content), membership, group, font, stream(b"/SECRETMARK 0 Tf 0 0 4 4 re f", tile)], root=root)


def _in_view(event: bytes) -> bytes:
    return b"/AS[<</Event/%b/Category[/%b]/OCGs[6 0 R]>>]" % (event, event)


def _function(body: bytes, more: bytes) -> bytes:
    shading = b"<</ShadingType 2/ColorSpace/DeviceGray/Coords[0 0 1 1(SECRETMARK)]/Extend[true true]/Function 6 0 R>>"
    return drawing(b"/S sh 0 0 9 9 re f", b"/Shading<</S 5 0 R>>", shading, stream(body, b"/Domain[0 1]/Range[0 1]" + more))


def _wide(cmap: bytes) -> bytes:
    """Text in a font whose codes a CMap of its own explains."""
    below = b"<</Type/Font/Subtype/CIDFontType2/BaseFont/Foo/DW 1000/W[1[1(SECRETMARK)]]>>"
    font = b"<</Type/Font/Subtype/Type0/BaseFont/Foo/Encoding 6 0 R/DescendantFonts[7 0 R]>>"
    return drawing(b"BT /F 9 Tf <0041> Tj ET", b"/Font<</F 5 0 R>>", font, stream(cmap, b"/Type/CMap/CMapName/Foo"), below)


_JPX = b"\0\0\0\x0cjP  \r\n\x87\n\0\0\0\x14ftypjp2 \0\0\0\0jp2 \0\0\0\x12xml " + SECRET


UNSEEN: dict[str, Make] = {
    "comment": lambda: drawing(b"0 g % SECRETMARK\n0 0 9 9 re f"),
    "string before a number": lambda: drawing(b"(SECRETMARK) 0 g 0 0 9 9 re f"),
    "string between shown letters": lambda: drawing(b"BT (SECRETMARK) (seen) Tj [(seen) % SECRETMARK\n] TJ ET"),
    "string at the end": lambda: drawing(b"0 0 9 9 re f (SECRETMARK)"),
    "string before a stray bracket": lambda: drawing(b"(SECRETMARK) } 0 0 9 9 re f"),
    "unknown entry of an inline picture": lambda: drawing(_INLINE + b"/Meta (SECRETMARK) ID xy\nEI 0 0 9 9 re f"),
    "bytes behind an inline picture": lambda: drawing(_INLINE + b"ID xySECRETMARK\nEI 0 0 9 9 re f"),
    "inline picture never ended": lambda: drawing(_INLINE + b"ID xySECRETMARK"),
    "inline JPEG with notes": lambda: drawing(_INLINE + b"/F /DCT ID " + _secret_jpeg() + b"\nEI 0 0 9 9 re f"),
    "JPEG with notes": lambda: _picture(_secret_jpeg(), b"/Filter/DCTDecode", b"/DeviceRGB"),
    "JPEG 2000 with notes": lambda: _picture(_JPX + b"\0\0\0\0jp2c" + jpx_head(16, 16), b"/Filter/JPXDecode"),
    "bytes behind a picture": lambda: _picture(bytes(256) + SECRET),
    "bytes behind a deflated picture": lambda: _picture(zlib.compress(bytes(256) + SECRET), b"/Filter/FlateDecode"),
    "bytes behind what is deflated": lambda: _picture(zlib.compress(bytes(256)) + SECRET, b"/Filter/FlateDecode"),
    "colours behind a palette": lambda: _picture(bytes(256), b"", b"[/Indexed/DeviceRGB 1 6 0 R]", stream(bytes(6) + SECRET)),
    "map to Unicode with a comment": lambda: letters(stream(b"1 beginbfchar <61> <0041> % SECRETMARK\nendbfchar")),
    "words among the numbers of a picture": lambda: _picture(bytes(256), b"/Decode[0 1(SECRETMARK)]/Matte[/SECRETMARK]"),
    "words deep among the numbers of a picture": lambda: _picture(bytes(256), b"/Decode[0 1[[(SECRETMARK)]]]/Intent(SECRETMARK)"),
    "words in a graphics state": lambda: drawing(
        b"/G gs 0 0 9 9 re f", b"/ExtGState<</G<</Type(SECRETMARK)/D[[1(SECRETMARK)]0]/RI(SECRETMARK)/SM[(SECRETMARK)]>>>>"
    ),
    "words in a group": lambda: drawing(
        b"/X Do", b"/XObject<</X 5 0 R>>", stream(
            b"0 0 9 9 re f", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9(SECRETMARK)]/Group<</S/Transparency/K[(SECRETMARK)]>>"
        ),
    ),
    "words behind a colour space": lambda: drawing(
        b"/C cs .5 sc 0 0 9 9 re f", b"/ColorSpace<</C[/CalGray<</WhitePoint[1 1 1(SECRETMARK)]>>(SECRETMARK)]>>"
    ),
    "words behind the usual colour space": lambda: drawing(
        b".5 g 0 0 9 9 re f", b"/ColorSpace<</DefaultGray[/CalGray<</WhitePoint[1 1 1]>>[(SECRETMARK)]]>>"
    ),
    "comment in a function": lambda: _function(b"{1 exch % SECRETMARK\n sub}", b"/FunctionType 4"),
    "comment in a function of a colour": lambda: _picture(
        bytes(256), b"", b"[/Separation/Red/DeviceGray 6 0 R]",
        stream(b"{ % SECRETMARK\n 1 exch sub SECRETMARK }", b"/FunctionType 4/Domain[0 1]/Range[0 1]"),
    ),
    "bytes behind the samples of a function": lambda: _function(bytes(2) + SECRET, b"/FunctionType 0/Size[2]/BitsPerSample 8"),
    "comment in a map of codes": lambda: _wide(b"% SECRETMARK\n" + _CMAP),
    "bytes behind a deflated picture that predicts nothing": lambda: _picture(
        zlib.compress(bytes(256) + SECRET), b"/Filter/FlateDecode/DecodeParms<</Predictor 1>>"
    ),
    "bytes behind a mask": lambda: _picture(bytes(256), b"/SMask 6 0 R", b"/DeviceGray", stream(b"x" + SECRET, _GRAY)),
    "bytes behind a deflated inline picture": lambda: drawing(
        _INLINE + b"/F /Fl ID " + zlib.compress(b"xy") + b"SECRETMARK\nEI 0 0 9 9 re f"
    ),
    "bytes in a deflated inline picture": lambda: drawing(
        _INLINE + b"/F /Fl ID " + zlib.compress(b"xySECRETMARK", 0) + b"\nEI 0 0 9 9 re f"
    ),
    "bytes behind an inline picture in digits": lambda: drawing(_INLINE + b"/F /AHx ID 0000> SECRETMARK\nEI 0 0 9 9 re f"),
    "bytes behind an inline picture in letters": lambda: drawing(_INLINE + b"/F /A85 ID !!*~> SECRETMARK\nEI 0 0 9 9 re f"),
    "intent of an inline picture": lambda: drawing(_INLINE + b"/Intent /SECRETMARK ID xy\nEI 0 0 9 9 re f"),
    "text without a font": lambda: drawing(b"BT (SECRETMARK) Tj [(SECRETMARK)] TJ ET 0 0 9 9 re f"),
    "names of what is not there": lambda: drawing(
        b"/SECRETMARK Do /SECRETMARK gs /SECRETMARK cs /SECRETMARK scn /SECRETMARK sh /SECRETMARK ri 0 0 9 9 re f"
    ),
    "pattern that is never painted with": lambda: _layer(b"", content=b"0 0 9 9 re f q /Pattern cs /P scn Q"),
    "text of a layer that is off": lambda: _layer(b"/OFF[6 0 R]"),
    "layer that an expression hides": lambda: _layer(b"", b"<</Type/OCMD/VE[/Not 6 0 R]>>"),
    "layer that an expression of expressions hides": lambda: _layer(b"", b"<</Type/OCMD/VE[/And[/Or 6 0 R][/Not[/And 6 0 R]]]>>"),
    "layer of an expression that can't be read": lambda: _layer(b"", b"<</Type/OCMD/VE[/Not[/Never 6 0 R]]>>"),
    "layer that is off where it is shown": lambda: _layer(_in_view(b"View"), usage=b"/View<</ViewState/OFF>>/Print<</PrintState/ON>>"),
    "layer that is off where it is printed": lambda: _layer(_in_view(b"Print"), usage=b"/Print<</PrintState/OFF>>"),
    "font that only a layer that is off names": lambda: _layer(
        b"/OFF[6 0 R]", content=b"/OC /A BDC BT /F 9 Tf (a) Tj ET q /Pattern cs /P scn 0 0 9 9 re f Q EMC 0 0 9 9 re f"
    ),
}  # fmt: skip
"""What a page does not show and viewers pass over: each holds SECRET."""

SHOWN: dict[str, Make] = {
    "layer that is on": lambda: _layer(b""),
    "layer that an expression shows": lambda: _layer(b"/OFF[6 0 R]", b"<</Type/OCMD/VE[/Not 6 0 R]>>"),
    "layer that is on where it is printed": lambda: _layer(
        b"/OFF[6 0 R]" + _in_view(b"Print"), usage=b"/Print<</PrintState/ON>>"
    ),
    "pattern chosen where a layer is off": lambda: _layer(
        b"/OFF[6 0 R]", content=b"/OC /A BDC /Pattern cs /P scn EMC 0 0 9 9 re f"
    ),
}
"""What looks like those and is shown: each holds SECRET, which travels."""

PLACE = b"77.125"
UNPAINTED: dict[str, Make] = {
    "path that is ended": lambda: drawing(b"77.125 88 m 99 11 l h 0 0 5 5 re n 0 0 9 9 re f"),
    "path at the end": lambda: drawing(b"0 0 9 9 re f 77.125 88 m 99 11 l"),
    "path with words between": lambda: drawing(b"77.125 88 m (a) 99 11 l n 0 0 9 9 re f"),
    "path of a layer that is off": lambda: _layer(b"/OFF[6 0 R]", content=b"/OC /A BDC 77.125 88 m 9 9 l S EMC 0 0 9 9 re f"),
}
"""Paths that nobody sees: each begins at PLACE."""
