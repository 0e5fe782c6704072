"""A minimal writer: an ImportedSheet as a PDF, so that it can be looked at before and without the real writer."""

from __future__ import annotations

from handouts.document import ImportedElement, ImportedLink, ImportedMark, ImportedSheet, ObjectPart, Ref

_XMP = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
    'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">'
    '<dc:title><rdf:Alt><rdf:li xml:lang="x-default">Sheet</rdf:li></rdf:Alt></dc:title>'
    "<pdfuaid:part>1</pdfuaid:part></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end='w'?>"
).encode()


class _File:
    def __init__(self) -> None:
        self.objects: list[bytes] = []

    def add(self, body: bytes = b"null") -> int:
        self.objects.append(body)
        return len(self.objects)

    def stream(self, entries: bytes, body: bytes) -> int:
        return self.add(b"<<%b/Length %d>>\nstream\n%b\nendstream" % (entries, len(body), body))

    def finished(self, root: int) -> bytes:
        out, places = bytearray(b"%PDF-1.7\n"), []
        for number, body in enumerate(self.objects, 1):
            places.append(len(out))
            out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
        start = len(out)
        out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
        out += b"".join(b"%010d 00000 n \n" % place for place in places)
        out += b"trailer\n<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(places) + 1, root, start)
        return bytes(out)


def write_sheet(sheet: ImportedSheet, *, tagged: bool = False) -> bytes:  # noqa: C901 - one file, told in order
    """The sheet alone as a PDF/UA-1 file: each page a Figure around its form, or with its own tags."""
    file = _File()

    def body(parts: tuple[ObjectPart, ...]) -> bytes:
        return b"".join(b"%d 0 R" % (part.index + 1) if isinstance(part, Ref) else part for part in parts)

    for parts in sheet.objects:
        file.add(body(parts))
    pages, root, document, parents = file.add(), file.add(), file.add(), file.add()
    kids: list[int] = []
    nums: list[bytes] = []
    owners: dict[tuple[int, int], int] = {}
    links: dict[tuple[int, int], int] = {}
    page_numbers = [file.add() for _ in sheet.pages]
    later = 100_000
    for index, page in enumerate(sheet.pages):
        annotations = []
        for number, link in enumerate(page.links if tagged else ()):
            box = link.box
            uri = link.uri.encode("ascii").hex().encode()
            words = ("\ufeff" + link.contents).encode("utf-16-be").hex().encode()
            made = file.add(
                b"<</Type/Annot/Subtype/Link/F 4/Border[0 0 0]/Rect[%f %f %f %f]/StructParent %d/Contents<%b>"
                b"/A<</S/URI/URI<%b>>>>>" % (box.left, box.bottom, box.right, box.top, later, words, uri)
            )
            links[index, number] = made
            annotations.append((made, later))
            later += 1
        if tagged:
            clip = page.clip
            assert clip is not None
            assert page.content is not None
            assert page.resources is not None
            before = b"q %f %f %f %f %f %f cm %f %f %f %f re W n\n" % (
                *page.matrix, clip.left, clip.bottom, clip.right - clip.left, clip.top - clip.bottom,
            )  # fmt: skip
            contents = b"[%d 0 R %d 0 R %d 0 R]" % (file.stream(b"", before), page.content + 1, file.stream(b"", b"Q"))
            resources = b"%d 0 R" % (page.resources + 1)
        else:
            contents = b"%d 0 R" % file.stream(b"", b"/Figure <</MCID 0>> BDC q /S Do Q EMC")
            resources = b"<</XObject<</S %d 0 R>>>>" % (page.form + 1)
            figure = file.add(
                b"<</Type/StructElem/S/Figure/P %d 0 R/Pg %d 0 R/K 0/Alt(A page)/A<</O/Layout/BBox[0 0 %f %f]/Placement/Block>>>>"
                % (document, page_numbers[index], page.width, page.height)
            )
            kids.append(figure)
            owners[index, 0] = figure
        file.objects[page_numbers[index] - 1] = (
            b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 %f %f]/Contents %b/Resources %b/StructParents %d/Tabs/S/Annots[%b]>>"
            % (pages, page.width, page.height, contents, resources, index, b" ".join(b"%d 0 R" % a for a, _ in annotations))
        )

    annotation_keys: list[tuple[int, int]] = []

    def element(source: ImportedElement, parent: int) -> int:
        made = file.add()
        below = []
        for kid in source.kids:
            if isinstance(kid, ImportedElement):
                below.append(b"%d 0 R" % element(kid, made))
            elif isinstance(kid, ImportedMark):
                owners[kid.page, kid.mcid] = made
                below.append(b"<</Type/MCR/Pg %d 0 R/MCID %d>>" % (page_numbers[kid.page], kid.mcid))
            elif isinstance(kid, ImportedLink):
                annotation = links[kid.page, kid.index]
                key = 100_000 + list(links.values()).index(annotation)
                annotation_keys.append((key, made))
                below.append(b"<</Type/OBJR/Pg %d 0 R/Obj %d 0 R>>" % (page_numbers[kid.page], annotation))
        spoken = b"".join(
            name + b"<" + ("\ufeff" + text).encode("utf-16-be").hex().encode() + b">"
            for name, text in ((b"/Alt", source.alt), (b"/ActualText", source.actual_text), (b"/Lang", source.lang))
            if text
        )
        attributes = b"/A" + source.attributes if source.attributes else b""
        file.objects[made - 1] = b"<</Type/StructElem/S/%b/P %d 0 R/K[%b]%b%b>>" % (
            source.tag.encode(), parent, b" ".join(below), spoken, attributes,
        )  # fmt: skip
        return made

    if tagged:
        kids = [element(source, document) for source in sheet.elements or ()]
    for index, page in enumerate(sheet.pages):
        count = page.mark_count if tagged else 1
        row = [b"%d 0 R" % owners[index, mark] if (index, mark) in owners else b"null" for mark in range(count)]
        nums.append(b"%d [%b]" % (index, b" ".join(row)))
    nums += [b"%d %d 0 R" % pair for pair in sorted(annotation_keys)]
    file.objects[pages - 1] = b"<</Type/Pages/Count %d/Kids[%b]>>" % (
        len(page_numbers), b" ".join(b"%d 0 R" % number for number in page_numbers),
    )  # fmt: skip
    file.objects[root - 1] = b"<</Type/StructTreeRoot/K %d 0 R/ParentTree %d 0 R>>" % (document, parents)
    file.objects[document - 1] = b"<</Type/StructElem/S/Document/P %d 0 R/K[%b]>>" % (
        root, b" ".join(b"%d 0 R" % kid for kid in kids),
    )  # fmt: skip
    file.objects[parents - 1] = b"<</Nums[%b]>>" % b" ".join(nums)
    metadata = file.stream(b"/Type/Metadata/Subtype/XML", _XMP)
    lang = (sheet.lang or "en").encode()
    catalog = file.add(
        b"<</Type/Catalog/Pages %d 0 R/Lang(%b)/MarkInfo<</Marked true>>/StructTreeRoot %d 0 R/Metadata %d 0 R"
        b"/ViewerPreferences<</DisplayDocTitle true>>>>" % (pages, lang, root, metadata)
    )
    return file.finished(catalog)
