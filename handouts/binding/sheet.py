"""Opens a clinic's PDF with limits and lists its pages with what they inherit."""

from __future__ import annotations

from dataclasses import dataclass

from pypdf import Configuration, PasswordType, PdfReader
from pypdf.errors import DependencyError, LimitReachedError
from pypdf.generic import ArrayObject, DictionaryObject, PdfObject, StreamObject

from handouts.binding.faults import PRINT_AGAIN, SheetError, damaged, too_heavy
from handouts.binding.frugal import FrugalReader
from handouts.binding.streams import plain_bytes, resolved, whole_number

LARGEST_FILE = 20_000_000
_LARGEST_CONTENT = 12_000_000  # bytes of drawing instructions a page
_MOST_CONTENTS = 2_000
_DEEPEST_TREE = 50
_MOST_NODES = 2_000

_INHERITED = ("/Resources", "/MediaBox", "/CropBox", "/Rotate")


def limits() -> Configuration:
    """What pypdf may spend on one sheet."""
    return Configuration(
        maximum_declared_stream_length=LARGEST_FILE,
        array_based_stream_maximum_output_length=_LARGEST_CONTENT,
        zlib_maximum_output_length=50_000_000,
        lzw_maximum_output_length=20_000_000,
        run_length_maximum_output_length=20_000_000,
        brotli_maximum_output_length=20_000_000,
        dictionary_maximum_element_count=20_000,
        stream_filters_maximum_length=4,
        stream_decoding_work_maximum_length=100_000_000,
        stream_parsing_work_maximum_count=300_000,
        jbig2dec_binary=None,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcePage:
    """A page of the sheet: its dictionary, its object number (0: none) and its inherited entries, filled in."""

    entries: DictionaryObject
    number: int
    inherited: dict[str, PdfObject]

    def get(self, key: str) -> PdfObject | None:
        """An entry of the page, its own or inherited, resolved."""
        return resolved(self.entries.get(key, self.inherited.get(key)))

    @property
    def resources(self) -> DictionaryObject:
        """What the page's content may name."""
        found = self.get("/Resources")
        return found if isinstance(found, DictionaryObject) else DictionaryObject()

    def contents(self) -> bytes:
        """The page's content streams, unpacked and run together."""
        listed = resolved(self.entries.get("/Contents"))
        streams = [resolved(item) for item in listed] if isinstance(listed, ArrayObject) else [listed]
        if len(streams) > _MOST_CONTENTS:
            raise too_heavy("has a page in too many parts")
        parts = [plain_bytes(stream) for stream in streams if isinstance(stream, StreamObject)]
        if sum(map(len, parts)) > _LARGEST_CONTENT:
            raise too_heavy(f"unpacks to more than {_LARGEST_CONTENT // 1_000_000} MB of drawing")
        return b"\n".join(parts)


def open_sheet(data: bytes, password: str | None) -> PdfReader:
    """A reader of the decrypted file; raises SheetError. To be called and used inside `limits`."""
    if not data:
        raise SheetError("is empty")
    if len(data) > LARGEST_FILE:
        raise too_heavy(f"is larger than {LARGEST_FILE // 1_000_000} MB")
    if b"%PDF-" not in data[:1024]:
        raise SheetError("is not a PDF", "give a file whose name ends in .pdf, exported from the program that made it")
    end = max(data.rfind(b"\n%%EOF"), data.rfind(b"\r%%EOF"))
    if end < 0:  # Why first: pypdf would look for it line by line, for seconds
        raise damaged()
    try:
        reader = FrugalReader(data[: end + len("\n%%EOF")])
        if reader.is_encrypted:
            _unlock(reader, password)
    except (DependencyError, NotImplementedError) as fault:
        raise SheetError("is protected in a way that can't be read", PRINT_AGAIN) from fault
    return reader


def _unlock(reader: PdfReader, password: str | None) -> None:
    if reader.decrypt("") is not PasswordType.NOT_DECRYPTED:
        return
    if password is None:
        raise SheetError("needs its password", "give it with --cover-password-file")
    if reader.decrypt(password) is PasswordType.NOT_DECRYPTED:
        raise SheetError("does not open with this password", "check the file given with --cover-password-file")


def list_pages(catalog: DictionaryObject, most: int) -> list[SourcePage]:
    """The pages in order; raises SheetError when there are none or more than `most`."""
    tree = resolved(catalog.get("/Pages"))
    if not isinstance(tree, DictionaryObject):
        raise damaged()
    declared = whole_number(tree.get("/Count"))
    found: list[SourcePage] = []
    visited = 0

    def descend(raw: PdfObject | None, inherited: dict[str, PdfObject], above: tuple[int, ...]) -> None:
        nonlocal visited
        node = resolved(raw)
        if not isinstance(node, DictionaryObject) or len(found) > most:
            return
        visited += 1
        if id(node) in above or len(above) > _DEEPEST_TREE or visited > _MOST_NODES:
            raise damaged()
        own = {key: node.raw_get(key) for key in _INHERITED if key in node}
        kids = resolved(node.get("/Kids"))
        if isinstance(kids, ArrayObject):
            for kid in kids:
                descend(kid, inherited | own, (*above, id(node)))
        elif node.get("/Type", "/Page") == "/Page":
            reference = node.indirect_reference
            found.append(SourcePage(entries=node, number=reference.idnum if reference else 0, inherited=inherited))

    descend(tree, {}, ())
    if len(found) > most:
        raise SheetError(f"has {max(declared, len(found))} pages, at most {most}", "keep only the pages you want to print")
    if not found:
        raise SheetError("has no pages", "export it again from the program that made it")
    return found


def translated(fault: Exception) -> SheetError:
    """Whatever went wrong inside pypdf, as a fault of the sheet."""
    if isinstance(fault, SheetError):
        return fault
    if isinstance(fault, LimitReachedError | OverflowError | MemoryError):
        return too_heavy("holds more than a printed page can need")
    return damaged()
