"""Title, language and dates of the file, twice as PDF wants them: the Info dictionary and XMP."""

from __future__ import annotations

from html import escape

from handouts.document import Document
from handouts.writer.syntax import ObjectFile, text_string

_PRODUCER = "handouts"

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" \
xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{lang}</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>{date}</xmp:CreateDate>
<xmp:ModifyDate>{date}</xmp:ModifyDate>
<pdf:Producer>{producer}</pdf:Producer>
{claim}</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""

_CLAIM = "<pdfuaid:part>1</pdfuaid:part>\n"


def write_info(file: ObjectFile, document: Document) -> int:
    """The Info dictionary; dates only when the document has one."""
    dates = f"/CreationDate(D:{document.stamp}Z)/ModDate(D:{document.stamp}Z)"
    return file.add(
        f"<</Title {text_string(document.title)}/Author {text_string(document.author)}"
        f"/Subject {text_string(document.subject)}/Producer({_PRODUCER}){dates}>>"
    )


def write_xmp(file: ObjectFile, document: Document, *, claims_ua: bool) -> int:
    """The XMP packet, with the PDF/UA-1 mark only when the file can keep the promise."""
    s = document.stamp
    packet = _XMP.format(
        title=escape(document.title, quote=False),
        author=escape(document.author, quote=False),
        subject=escape(document.subject, quote=False),
        lang=escape(document.lang, quote=False),
        date=f"{s[0:4]}-{s[4:6]}-{s[6:8]}T{s[8:10]}:{s[10:12]}:{s[12:14]}Z",
        producer=_PRODUCER,
        claim=_CLAIM if claims_ua else "",
    )
    return file.add_stream("/Type/Metadata/Subtype/XML", packet.encode("utf-8"))
