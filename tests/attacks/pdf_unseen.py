"""PDFs that hold what a page does not show and viewers pass over."""

from __future__ import annotations

import zlib

from attacks.pdf_parts import Make, jpx_head, letters
from attacks.raw_pdf import drawing, stream

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
}  # fmt: skip
"""What a page does not show and viewers pass over: each holds SECRET."""
