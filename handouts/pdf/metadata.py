"""Title, languages and dates of the file, twice as PDF wants them: the Info dictionary and XMP."""

from __future__ import annotations

from handouts.nouns import dataclass
from handouts.pdf.syntax import text_string

PRODUCER = "handouts"
EDITION = "Edition"
"""The key of the Info dictionary that names the edition a handout was set in, so that it is checked as one."""

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" \
xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
{subject}<dc:language><rdf:Bag>{langs}</rdf:Bag></dc:language>
<xmp:CreateDate>{date}</xmp:CreateDate>
<xmp:ModifyDate>{date}</xmp:ModifyDate>
<pdf:Producer>{producer}</pdf:Producer>
{claim}</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""

_SUBJECT = '<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{}</rdf:li></rdf:Alt></dc:description>\n'
_ESCAPES = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;"}
"""Why not `html.escape`: its module brings the names of two thousand letters, and each handout would wait for them."""
_CLAIM = "<pdfuaid:part>1</pdfuaid:part>\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """What a file says of itself. `stamp` is "YYYYMMDDhhmmss" (UTC); an empty subject or edition is left out."""

    title: str
    author: str
    subject: str
    langs: tuple[str, ...]  # BCP 47, the main one first
    stamp: str
    edition: str = ""


def info_dictionary(about: Description) -> str:
    """The Info dictionary."""
    subject = f"/Subject {text_string(about.subject)}" if about.subject else ""
    edition = f"/{EDITION} {text_string(about.edition)}" if about.edition else ""
    return (
        f"<</Title {text_string(about.title)}/Author {text_string(about.author)}{subject}/Producer({PRODUCER}){edition}"
        f"/CreationDate(D:{about.stamp}Z)/ModDate(D:{about.stamp}Z)>>"
    )


def xmp_packet(about: Description, *, claims_ua: bool) -> bytes:
    """The XMP packet, with the PDF/UA-1 mark only when the file can keep the promise."""
    s = about.stamp
    packet = _XMP.format(
        title=about.title.translate(_ESCAPES),
        author=about.author.translate(_ESCAPES),
        subject=_SUBJECT.format(about.subject.translate(_ESCAPES)) if about.subject else "",
        langs="".join(f"<rdf:li>{lang.translate(_ESCAPES)}</rdf:li>" for lang in about.langs),
        date=f"{s[0:4]}-{s[4:6]}-{s[6:8]}T{s[8:10]}:{s[10:12]}:{s[12:14]}Z",
        producer=PRODUCER,
        claim=_CLAIM if claims_ua else "",
    )
    return packet.encode("utf-8")
