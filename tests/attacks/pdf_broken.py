"""PDFs that are damaged, are none, or are locked."""

from __future__ import annotations

from attacks.pdf_parts import TEXT, Make, noise
from attacks.raw_pdf import BARE, drawing, raw, stream


def _plain() -> bytes:
    return raw([BARE % b"4 0 R", stream(TEXT)])


def _locked(**how: object) -> bytes:
    import io

    import pikepdf

    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(_plain())) as pdf:
        pdf.save(written, encryption=pikepdf.Encryption(**how))  # type: ignore[arg-type]
    return written.getvalue()


BROKEN: dict[str, Make] = {
    "empty": lambda: b"",
    "one byte": lambda: b"%",
    "header only": lambda: b"%PDF-1.7\n",
    "random": lambda: noise(200_000),
    "random behind a header": lambda: b"%PDF-1.7\n" + noise(200_000),
    "20 MB random behind a header": lambda: b"%PDF-1.7\n" + noise(19_000_000),
    "20 MB of obj": lambda: b"%PDF-1.7\n" + b"1 0 obj\n" * 2_400_000,
    "20 MB of stream": lambda: b"%PDF-1.7\n1 0 obj<</Length 9>>" + b"stream\n" * 2_700_000,
    "20 MB of <<": lambda: b"%PDF-1.7\n" + b"1 0 obj" + b"<<" * 9_000_000 + b"\ntrailer<</Root 1 0 R>>",
    "20 MB of startxref": lambda: b"%PDF-1.7\n" + b"startxref\n9\n%%EOF\n" * 1_000_000,
    "20 MB of trailers": lambda: b"%PDF-1.7\n" + b"trailer<</Root 1 0 R>>\n" * 800_000,
    "20 MB of blanks": lambda: b"%PDF-1.7\n" + b" " * 19_000_000,
    "21 MB": lambda: b"%PDF-1.7\n" + bytes(21_000_000),
    "web page": lambda: b"<!doctype html><title>404</title>",
    "PNG": lambda: b"\x89PNG\r\n\x1a\n" + bytes(500),
    "zip": lambda: b"PK\x03\x04" + bytes(500),
    "half": lambda: _plain()[: len(_plain()) // 2],
    "without its end": lambda: _plain()[:-60],
    "without a cross-reference": lambda: _plain().replace(b"xref", b"xxxx"),
    "without pages": lambda: raw([], 0),
    "without a catalogue": lambda: _plain().replace(b"/Root", b"/Toor"),
    "lying length": lambda: _plain().replace(b"/Length ", b"/Length 99999999999999999999"),
    "negative length": lambda: _plain().replace(b"/Length ", b"/Length -"),
    "tiny page": lambda: raw([b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 .1 .1]>>"]),
    "huge page": lambda: raw([b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 1e9 1e9]>>"]),
    "page of no numbers": lambda: raw([b"<</Type/Page/Parent 2 0 R/MediaBox[/A(b)null<<>>]>>"]),
    "page of not-a-number": lambda: raw([b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 nan inf]>>"]),
    "huge numbers": lambda: drawing(b"9" * 400 + b" 0 m 1e400 -1e400 l S 9999999999999999999999 w 0 0 9 9 re f"),
    "nine pages": lambda: raw([BARE % b"null"], 9),
    "locked": lambda: _locked(owner="o", user="secret"),
    "locked for printing": lambda: _locked(
        owner="o", user="", allow=__import__("pikepdf").Permissions(print_highres=False, print_lowres=False)
    ),
    "locked in a way of 1996": lambda: _locked(owner="o", user="secret", R=2, metadata=False, aes=False),
    "locked by nobody": lambda: raw([BARE % b"4 0 R", stream(TEXT)], trailer=b"/Encrypt<</Filter/Evil/V 99>>/ID[<00><00>]"),
    "locked with lies": lambda: raw(
        [BARE % b"4 0 R", stream(TEXT)],
        trailer=b"/Encrypt<</Filter/Standard/V 2/R 3/Length 999999999/O<00>/U<00>/P -1>>/ID[<00><00>]",
    ),
    "version 9.9": lambda: _plain().replace(b"%PDF-1.7", b"%PDF-9.9"),
    "header at byte 1,000": lambda: bytes(1000) + _plain(),
}
