"""Hostile photos and drawings by kind and name."""

from __future__ import annotations

import io
import random
import struct
import zlib
from collections.abc import Callable

from PIL import Image

from attacks.pdf_parts import jpeg_head, jpx_head, scans, zeros

Make = Callable[[], bytes]


def saved(picture: Image.Image, kind: str, **how: object) -> bytes:
    written = io.BytesIO()
    picture.save(written, kind, **how)
    return written.getvalue()


def chunk(name: bytes, body: bytes) -> bytes:
    """A part of a PNG."""
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(width: int, height: int, body: bytes, *more: bytes, colour: int = 0, bits: int = 8, interlaced: int = 0) -> bytes:
    """A PNG with this size in its head, whatever is in it; colour 0: grey, 2: RGB, 6: RGB with transparency."""
    head = struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, interlaced)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + b"".join(more) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def noise(side: int, mode: str, kind: str, **how: object) -> bytes:
    size = side * side * len(mode)
    return saved(Image.frombytes(mode, (side, side), random.Random(3).randbytes(size)), kind, **how)


PNGS: dict[str, Make] = {
    "30,000 × 30,000": lambda: png(30_000, 30_000, zeros(900_000_000)),
    "30,000 × 30,000, empty": lambda: png(30_000, 30_000, b""),
    "2 billion × 2 billion": lambda: png(2_000_000_000, 2_000_000_000, b""),
    "0 × 0": lambda: png(0, 0, b""),
    "1 × 25,000,000": lambda: png(1, 25_000_000, zeros(50_000_000)),
    "25,000,000 × 1": lambda: png(25_000_000, 1, zeros(26_000_000)),
    "4,990 × 4,990 in grey": lambda: png(4_990, 4_990, zeros(25_000_000)),
    "4,990 × 4,990 in RGB": lambda: png(4_990, 4_990, zeros(75_000_000), colour=2),
    "4,990 × 4,990 with transparency": lambda: png(4_990, 4_990, zeros(100_000_000), colour=6),
    "4,990 × 4,990, 16 bits": lambda: png(4_990, 4_990, zeros(200_000_000), colour=6, bits=16),
    "4,990 × 4,990, interlaced": lambda: png(4_990, 4_990, zeros(100_000_000), colour=6, interlaced=1),
    "3,000 × 3,000 of noise": lambda: noise(3_000, "RGB", "PNG", compress_level=1),
    "words of 1 GB": lambda: png(9, 9, zlib.compress(bytes(90)), chunk(b"zTXt", b"a\0\0" + zeros(1_000_000_000))),
    "100,000 words": lambda: png(9, 9, zlib.compress(bytes(90)), chunk(b"tEXt", b"a\0b") * 100_000),
    "profile of 1 GB": lambda: png(9, 9, zlib.compress(bytes(90)), chunk(b"iCCP", b"a\0\0" + zeros(1_000_000_000))),
    "1,000,000 empty parts": lambda: png(9, 9, zlib.compress(bytes(90)), chunk(b"IDAT", b"") * 1_000_000),
    "unpacks to 1 GB": lambda: png(9, 9, zeros(1_000_000_000)),
    "moving, 100,000 frames": lambda: png(9, 9, zlib.compress(bytes(90)), chunk(b"acTL", struct.pack(">II", 100_000, 0))),
    "lying lengths": lambda: png(9, 9, b"").replace(b"\0\0\0\0IDAT", b"\xff\xff\xff\xffIDAT"),
    "half": lambda: noise(300, "RGB", "PNG")[:90_000],
    "empty": lambda: b"",
    "random": lambda: random.Random(1).randbytes(100_000),
    "JPEG": lambda: saved(Image.new("RGB", (300, 300)), "JPEG"),
    "GIF of 30,000 × 30,000": lambda: b"GIF89a" + struct.pack("<HH", 30_000, 30_000) + b"\x80\0\0" + bytes(6) + b",\0\0\0\0" + struct.pack("<HH", 30_000, 30_000) + b"\0\x08\x02\0\0\0;",
    "TIFF of 30,000 × 30,000": lambda: _tiff(30_000),
    "WebP of 16,000 × 16,000": lambda: b"RIFF\x20\0\0\0WEBPVP8L\x14\0\0\0\x2f" + struct.pack("<I", 16_000 | 16_000 << 14) + bytes(16),
    "JPEG 2000": lambda: jpx_head(60_000, 60_000),
    "PSD": lambda: b"8BPS\0\1" + bytes(6) + struct.pack(">HIIHH", 3, 30_000, 30_000, 8, 3),
    "EPS": lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(evil) run\n",
    "SVG": lambda: b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    "PDF": lambda: b"%PDF-1.7\n",
    "31 MB": lambda: bytes(31_000_000),
}  # fmt: skip


def _tiff(side: int) -> bytes:
    tags = {256: side, 257: side, 258: 8, 259: 1, 262: 1, 273: 8, 277: 1, 278: side, 279: 1}
    return (
        b"II*\0\x08\0\0\0"
        + struct.pack("<H", len(tags))
        + b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags.items())
        + bytes(4)
    )


def _exif(body: bytes) -> bytes:
    whole = saved(Image.new("RGB", (300, 300)), "JPEG")
    return whole[:2] + b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body + whole[2:]


JPEGS: dict[str, Make] = {
    "65,000 × 65,000": lambda: jpeg_head(65_000, 65_000),
    "7,000 × 7,000": lambda: saved(Image.new("RGB", (7_000, 7_000), "red"), "JPEG"),
    "7,000 × 7,000, progressive": lambda: saved(Image.new("RGB", (7_000, 7_000), "red"), "JPEG", progressive=True, subsampling=0),
    "7,000 × 7,000 in CMYK, progressive": lambda: saved(Image.new("CMYK", (7_000, 7_000), "red"), "JPEG", progressive=True),
    "5,000 scans": lambda: scans(5_000, 2_000),
    "90 scans of 7,000 × 7,000": lambda: scans(90, 7_000),
    "2,000 × 2,000 of noise": lambda: noise(2_000, "RGB", "JPEG", quality=100, subsampling=0),
    "arithmetic coding": lambda: saved(Image.new("L", (300, 300)), "JPEG").replace(b"\xff\xc0", b"\xff\xc9"),
    "EXIF of loops": lambda: _exif(b"Exif\0\0II*\0\x08\0\0\0\1\0\x69\x87\4\0\1\0\0\0\x08\0\0\0\x08\0\0\0"),
    "EXIF of 60,000 entries": lambda: _exif(b"Exif\0\0II*\0\x08\0\0\0\xff\xff" + b"\x12\1\3\0\xff\xff\xff\xff\0\0\0\0" * 5_000),
    "turned to a word": lambda: _exif(b"Exif\0\0II*\0\x08\0\0\0\1\0\x12\1\2\0\5\0\0\0abcd" + bytes(4)),
    "3,000,000 markers": lambda: b"\xff\xd8" + b"\xff\xe0\0\2" * 3_000_000 + saved(Image.new("L", (9, 9)), "JPEG")[2:],
    "comment in every part": lambda: b"\xff\xd8" + (b"\xff\xfe\xff\xff" + bytes(65_533)) * 400 + saved(Image.new("L", (9, 9)), "JPEG")[2:],
    "half": lambda: noise(300, "RGB", "JPEG")[:20_000],
    "PNG": lambda: saved(Image.new("RGB", (300, 300)), "PNG"),
    "many pictures in one": lambda: b"".join([saved(Image.new("RGB", (300, 300)), "JPEG")] * 1_000),
    "empty": lambda: b"",
}  # fmt: skip

_NS = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
_BOX = '<rect width="9" height="9" fill="red"/>'


def svg(inside: str, head: str = "", attributes: str = 'viewBox="0 0 40 30"') -> Make:
    """A drawing."""
    return lambda: f"{head}<svg {_NS} {attributes}>{inside}{_BOX}</svg>".encode()


def entities(levels: int) -> str:
    """Entities that unfold to ten to the power of `levels`."""
    said = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(levels))
    return f'<!DOCTYPE svg [<!ENTITY l0 "ha">{said}]>'


_LONG = 1_900_000

DRAWINGS: dict[str, Make] = {
    "billion laughs": svg("<title>&l9;</title>", entities(9)),
    "one long entity often": svg("<title>" + "&a;" * 100_000 + "</title>", f'<!DOCTYPE svg [<!ENTITY a "{"a" * 100_000}">]>'),
    "entity of a file": svg("<title>&x;</title>", '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
    "parameter entity": svg("", '<!DOCTYPE svg [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x.dtd">%x;]>'),
    "outer DTD": svg("", '<!DOCTYPE svg SYSTEM "http://127.0.0.1:9/x.dtd">'),
    "style sheet by instruction": svg("", '<?xml-stylesheet href="http://127.0.0.1:9/x.css"?>'),
    "script": svg("<script>alert(1)</script>"),
    "script elsewhere": svg('<script xlink:href="http://127.0.0.1:9/x.js"/>'),
    "onload": svg("", attributes='viewBox="0 0 9 9" onload="alert(1)"'),
    "handler in a group": svg('<g onclick="alert(1)"/>'),
    "page inside": svg('<foreignObject><iframe src="file:///etc/passwd"/></foreignObject>'),
    "picture of a file": svg('<image href="file:///etc/passwd" width="9" height="9"/>'),
    "picture of the web": svg('<image xlink:href="http://127.0.0.1:9/x.png" width="9" height="9"/>'),
    "picture in a defs": svg('<defs><image href="http://127.0.0.1:9/x.png"/></defs>'),
    "use of the web": svg('<use href="http://127.0.0.1:9/x.svg#a"/>'),
    "use of itself": svg('<g id="a"><use href="#a"/></g>'),
    "use of uses": svg("<defs>" + "".join(f'<g id="u{n + 1}"><use href="#u{n}"/><use href="#u{n}"/></g>' for n in range(40)) + '</defs><use href="#u40"/>'),
    "link": svg('<a href="javascript:alert(1)"><rect width="9" height="9"/></a>'),
    "animation": svg('<rect width="9" height="9"><animate attributeName="href" to="javascript:alert(1)"/></rect>'),
    "@import": svg("<style>@import url(http://127.0.0.1:9/x.css);</style>"),
    "@font-face": svg("<style>@font-face{font-family:a;src:url(file:///etc/passwd)}</style>"),
    "url() in a fill": svg('<rect width="9" height="9" fill="url(http://127.0.0.1:9/x.svg#a)"/>'),
    "url() in a style": svg('<rect width="9" height="9" style="fill:url(file:///etc/passwd)"/>'),
    "url() in a property unknown": svg('<rect width="9" height="9" style="background:url(http://127.0.0.1:9/)"/>'),
    "filter of the web": svg('<rect width="9" height="9" filter="url(http://127.0.0.1:9/x.svg#f)"/>'),
    "XInclude": svg('<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/>'),
    "100,000 groups deep": svg("<g>" * 100_000),
    "60 groups deep, each turned": svg('<g transform="scale(1e3)">' * 60 + _BOX + "</g>" * 60),
    "300,000 elements": svg("<g/>" * 300_000),
    "20,000 elements with classes": svg("<style>" + "".join(f".c{n}{{fill:red}}" for n in range(190)) + "</style>" + '<rect class="c1 c2 c3" width="1" height="1"/>' * 19_000),
    "100,000 attributes": svg("<rect " + " ".join(f'a{n}="1"' for n in range(100_000)) + "/>"),
    "attribute names that collide": svg("<rect " + " ".join(f'a{n:07}="1"' for n in range(120_000)) + "/>"),
    "number of 1.9 MB": svg(f'<rect width="{"1" * _LONG}" height="9"/>'),
    "number of 1.9 MB and a letter": svg(f'<rect width="{"1" * _LONG}!" height="9"/>'),
    "number of 300,000 places and a letter": svg(f'<rect width="1.{"1" * 300_000}%%" height="9"/>'),
    "list of 900,000 numbers": svg(f'<polyline points="{"1 " * 900_000}"/>'),
    "list that is none": svg(f'<polyline points="{"1 " * 900_000}x"/>'),
    "path of 900,000 points": svg(f'<path d="M0 0L{"1 " * 900_000}"/>'),
    "path of blanks": svg(f'<path d="M0 0{" " * _LONG}"/>'),
    "path of 1.9 MB of commas": svg(f'<path d="M0 0{"," * _LONG}x"/>'),
    "path of arcs": svg('<path d="M0 0' + "a1e6 1e6 0 1 1 .001 .001" * 70_000 + '"/>'),
    "path of letters": svg(f'<path d="{"MZ" * 900_000}"/>'),
    "path of closings": svg(f'<path d="M0 0{"Z" * _LONG}"/>'),
    "1e400": svg('<rect width="1e400" height="9"/>'),
    "1e-400": svg('<rect width="1e-400" height="9"/>'),
    "infinite, not a number": svg('<rect width="inf" height="nan"/>'),
    "huge viewBox": svg("", attributes='viewBox="0 0 1e300 1e300"'),
    "tiny viewBox": svg("", attributes='viewBox="0 0 1e-300 1e-300"'),
    "negative sizes": svg('<rect width="-1" height="-9"/>', attributes='viewBox="0 0 -1 -1"'),
    "transform of 1.9 MB": svg(f'<g transform="{"scale(1)" * 230_000}"/>'),
    "transform of blanks": svg(f'<g transform="scale{" " * _LONG}"/>'),
    "transform of letters": svg(f'<g transform="{"a" * _LONG}"/>'),
    "transform of brackets": svg(f'<g transform="{"(" * _LONG}"/>'),
    "style sheet of open rules": svg("<style>" + "a{" * 900_000 + "</style>"),
    "style sheet of blanks": svg("<style>" + " " * _LONG + "x</style>"),
    "style sheet of comments": svg("<style>" + "/*" * 900_000 + "</style>"),
    "style sheet of commas": svg("<style>" + "," * _LONG + "{}</style>"),
    "style of 1.9 MB": svg(f'<g style="{"fill:red;" * 200_000}"/>'),
    "dashes": svg(f'<rect width="9" height="9" stroke="red" stroke-dasharray="{"1 " * 900_000}"/>'),
    "colour of 1.9 MB": svg(f'<rect width="9" height="9" fill="#{"f" * _LONG}"/>'),
    "colour of brackets": svg(f'<rect width="9" height="9" fill="rgb({"1," * 900_000})"/>'),
    "name of 1.9 MB": svg(f"<{'a' * _LONG}/>"),
    "text of 1.9 MB": svg(f"<title>{'a' * _LONG}</title>"),
    "comment of 1.9 MB": svg(f"<!--{'a' * _LONG}-->"),
    "3 MB": svg("<!--" + "a" * 3_000_000 + "-->"),
    "half": lambda: b"<svg xmlns='http://www.w3.org/2000/svg'><g><rect",
    "empty": lambda: b"",
    "NULs": lambda: bytes(1_000),
    "random": lambda: random.Random(1).randbytes(100_000),
    "PNG": lambda: png(9, 9, b""),
    "deflated": lambda: zlib.compress(b"<svg/>"),
    "UTF-7": lambda: b'<?xml version="1.0" encoding="UTF-7"?>+ADw-svg+AD4-',
    "UTF-16 without a mark": lambda: "<svg/>".encode("utf-16-le"),
    "unknown encoding": lambda: b'<?xml version="1.0" encoding="evil"?><svg/>',
    "lone surrogate": lambda: b"<svg xmlns='http://www.w3.org/2000/svg'><title>\xed\xa0\x80</title></svg>",
    "another namespace": lambda: b"<svg xmlns='http://www.w3.org/1999/xhtml'><script>alert(1)</script></svg>",
    "1,000,000 namespaces": lambda: b"<svg " + b" ".join(b'xmlns:n%d="u"' % n for n in range(100_000)) + b"/>",
}  # fmt: skip
