"""A Document as PDF bytes: pages, structure, fonts, figures, links, bookmarks and a clinic's sheets, tagged as PDF/UA-1."""

from __future__ import annotations

from handouts.document import Cover, Document, ImportedPage, Page
from handouts.pdf.metadata import Description, info_dictionary, xmp_packet
from handouts.pdf.syntax import deflate, matrix, number, text_string
from handouts.writer.content import deflate_page
from handouts.writer.objects import ObjectFile
from handouts.writer.resources import write_fonts, write_forms, write_link, write_sheet
from handouts.writer.structure import PageMarks, StructureTree
from handouts.writer.templates import corners


def write_document(document: Document) -> bytes:
    """The whole file. The same document gives the same bytes."""
    return _Writer(document).write()


def claims_accessibility(document: Document) -> bool:
    """False when a clinic's sheet shows text in fonts it does not embed: PDF/UA-1 7.21.4.1 cannot be met."""
    sheets = [bound.sheet for bound in (document.cover, document.letterhead) if bound is not None]
    return not any(sheet.unembedded_fonts for sheet in sheets)


def _describe(document: Document) -> Description:
    return Description(
        title=document.title,
        author=document.author,
        subject=document.subject,
        langs=(document.lang,),
        stamp=document.stamp,
        edition=document.edition,
    )


class _Writer:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.file = ObjectFile()
        self.catalog = self.file.reserve()
        self.tree = StructureTree(self.file, document)
        self.page_tree = self.file.reserve()
        self.fonts = self.file.reserve()  # written last: a name with rare letters needs more fonts, and moves no other number
        self.pages: list[int] = []
        self._links: list[tuple[int, str, str, str]] = []  # annotation object, rectangle, address, words

    def write(self) -> bytes:
        document, file = self.document, self.file
        covers = self._write_cover(document.cover) if document.cover else 0
        letterhead = document.letterhead
        sheet_start = write_sheet(file, letterhead.sheet) if letterhead else 0
        forms = write_forms(file, document.forms)
        for page in document.pages:
            under = letterhead.sheet.pages[page.letterhead] if letterhead and page.letterhead is not None else None
            self._write_page(page, forms, under, sheet_start)
        keys = self.tree.annotation_keys()
        for own, where, uri, contents in self._links:
            write_link(file, own, where, uri, contents, keys[own])
        self.tree.finish()
        file.put(self.fonts, f"<<{write_fonts(file, document.fonts)}>>")
        file.put(self.page_tree, f"<</Type/Pages/Count {len(self.pages)}/Kids[{' '.join(f'{p} 0 R' for p in self.pages)}]>>")
        about = _describe(document)
        packet = xmp_packet(about, claims_ua=claims_accessibility(document))
        metadata = file.add_stream("/Type/Metadata/Subtype/XML", packet)
        outlines = self._write_bookmarks(covers)
        labels = self._page_labels(covers + document.body_start)
        file.put(
            self.catalog,
            f"<</Type/Catalog/Pages {self.page_tree} 0 R/Lang {text_string(document.lang)}/MarkInfo<</Marked true>>"
            f"/StructTreeRoot {self.tree.root} 0 R/ViewerPreferences<</DisplayDocTitle true>>/Metadata {metadata} 0 R"
            f"{outlines}{labels}>>",
        )
        return file.render(self.catalog, file.add(info_dictionary(about)))

    # ----------------------------------------------------------------------------------------- pages

    def _write_page(self, page: Page, forms: dict[str, int], under: ImportedPage | None, sheet_start: int) -> None:
        own = self.file.reserve()
        marks = self.tree.open_page(own)
        drawn = "".join(f"/{name} {forms[name]} 0 R" for name in sorted({n for p in page.placements for n in p.piece.forms}))
        beneath = ""
        if under is not None:
            drawn += f"/Letterhead {sheet_start + under.form} 0 R"
            beneath = f"/Artifact <</Type/Background>> BDC q {_fit(under, page.width, page.height)} cm /Letterhead Do Q EMC\n"
        placed = [self.tree.place(placement, marks) for placement in page.placements]
        for placement, piece in zip(page.placements, placed, strict=True):
            for link, annotation in zip(placement.piece.links, piece.links, strict=True):
                self._links.append((annotation, corners(placement, link.box), link.uri, link.contents))
        resources = f"<</Font {self.fonts} 0 R/XObject<<{drawn}>>>>"
        content = self.file.add_stream("/Filter/FlateDecode", deflate_page(beneath, page.placements, placed))
        self._put_page(own, page.width, page.height, resources, f"{content} 0 R", marks)

    def _put_page(self, own: int, width: float, height: float, resources: str, contents: str, marks: PageMarks) -> None:
        annotations = f"/Annots[{' '.join(f'{a} 0 R' for a in marks.annotations)}]" if marks.annotations else ""
        self.file.put(
            own,
            f"<</Type/Page/Parent {self.page_tree} 0 R/MediaBox[0 0 {number(width)} {number(height)}]/Resources{resources}"
            f"/Contents {contents}/StructParents {len(self.pages)}/Tabs/S{annotations}>>",
        )
        self.pages.append(own)

    # ----------------------------------------------------------------------------------------- cover

    def _write_cover(self, cover: Cover) -> int:
        """The clinic's cover pages, fitted to the paper; returns how many."""
        sheet = cover.sheet
        start = write_sheet(self.file, sheet)
        opened: list[PageMarks] = []
        links: list[list[int]] = []
        for index, page in enumerate(sheet.pages):
            own = self.file.reserve()
            marks = self.tree.open_page(own)
            opened.append(marks)
            if sheet.elements is not None and page.content is not None:
                links.append(self._write_tagged_cover(page, own, marks, cover, start))
            else:
                fit = _fit(page, cover.width, cover.height)
                content = f"/Figure <</MCID 0>> BDC q {fit} cm /Cover Do Q EMC"
                self.tree.add_figure(cover.alts[min(index, len(cover.alts) - 1)], cover.width, cover.height, marks)
                stream = self.file.add_stream("/Filter/FlateDecode", deflate(content.encode("ascii")))
                resources = f"<</XObject<</Cover {start + page.form} 0 R>>>>"
                self._put_page(own, cover.width, cover.height, resources, f"{stream} 0 R", marks)
        if sheet.elements is not None:
            self.tree.add_imported(sheet.elements, sheet.lang, opened, links)
        return len(sheet.pages)

    def _write_tagged_cover(self, page: ImportedPage, own: int, marks: PageMarks, like: Cover, start: int) -> list[int]:
        marks.owners.extend([0] * page.mark_count)
        fit = _fit_numbers(page, like.width, like.height)
        clip = ""
        if page.clip is not None:
            box = page.clip
            size = f"{number(box.right - box.left)} {number(box.top - box.bottom)}"
            clip = f" {number(box.left)} {number(box.bottom)} {size} re W n"
        upright = matrix(page.matrix)
        before = f"q {matrix(fit)} cm {upright} cm{clip}\n"
        head = self.file.add_stream("", before.encode("ascii"))
        tail = self.file.add_stream("", b"\nQ")
        annotations = []
        for link in page.links:
            annotation = self.file.reserve()
            annotations.append(annotation)
            marks.annotations.append(annotation)
            where = _transform(link.box.left, link.box.bottom, link.box.right, link.box.top, page.matrix, fit)
            self._links.append((annotation, where, link.uri, link.contents))
        contents = f"[{head} 0 R {start + (page.content or 0)} 0 R {tail} 0 R]"
        self._put_page(own, like.width, like.height, f" {start + (page.resources or 0)} 0 R", contents, marks)
        return annotations

    # ----------------------------------------------------------------------------------------- outline and labels

    def _write_bookmarks(self, covers: int) -> str:
        marks = self.document.bookmarks
        if not marks:
            return ""
        root = self.file.reserve()
        first = self.file.reserve(len(marks))
        for index, mark in enumerate(marks):
            neighbours = f"/Prev {first + index - 1} 0 R" if index else ""
            neighbours += f"/Next {first + index + 1} 0 R" if index + 1 < len(marks) else ""
            target = f"[{self.pages[mark.page + covers]} 0 R/XYZ null {number(mark.top)} null]"
            self.file.put(
                first + index,
                f"<</Title {text_string(mark.title)}/Parent {root} 0 R{neighbours}/Dest{target}>>",
            )
        last = first + len(marks) - 1
        self.file.put(root, f"<</Type/Outlines/First {first} 0 R/Last {last} 0 R/Count {len(marks)}>>")
        return f"/Outlines {root} 0 R"

    def _page_labels(self, covers: int) -> str:
        """Covers are called by their label, with a number where there are several; the body is numbered from 1."""
        label = text_string(self.document.cover_label if covers == 1 else f"{self.document.cover_label} ")
        style = "" if covers == 1 else "/S/D"
        cover = f"0<</P {label}{style}>>" if covers else ""
        return f"/PageLabels<</Nums[{cover}{covers}<</S/D>>]>>"


def _fit_numbers(page: ImportedPage, width: float, height: float) -> tuple[float, float, float, float, float, float]:
    """The matrix that centres a sheet on the paper, as large as it fits."""
    scale = min(width / page.width, height / page.height)
    return (scale, 0, 0, scale, (width - page.width * scale) / 2, (height - page.height * scale) / 2)


def _fit(page: ImportedPage, width: float, height: float) -> str:
    return matrix(_fit_numbers(page, width, height))


def _transform(left: float, bottom: float, right: float, top: float, first: tuple[float, ...], then: tuple[float, ...]) -> str:
    """The corners of a box after two matrices, in order again."""
    points = [(left, bottom), (right, top)]
    for a, b, c, d, e, f in (first, then):
        points = [(a * x + c * y + e, b * x + d * y + f) for x, y in points]
    (x1, y1), (x2, y2) = points
    return " ".join(number(v) for v in (min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)))
