"""Strict YAML: text, lists and mappings with their places; everything else YAML can do is refused with a sentence."""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from typing import TYPE_CHECKING, Any

from handouts.errors import Place, Problem
from handouts.formats.nodes import Mapping, Node, Origin, Scalar, Sequence
from handouts.formats.reading import quoted

if TYPE_CHECKING:
    import yaml

MAX_BYTES = 512_000
MAX_NODES = 50_000
MAX_DEPTH = 20
MAX_TEXT = 20_000
MAX_PROBLEMS = 10  # of one file; a hostile file could otherwise hold thousands

# C0 and C1 controls except tab and line ends, line and paragraph separators, surrogates, noncharacters, a BOM inside.
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff]|[\U0001fffe\U0001ffff]"
)

_COMMENT = re.compile("[ \t]+#")
_DIRECTIVE = re.compile("(?:\\A|(?<=[\r\n]))%")

_SENTENCES = (
    ("mapping values are not allowed", 'a ":" stands where no key is expected', "put text that holds a colon in quotes"),
    ("could not find expected ':'", 'a ":" is missing after a key', "write key: value"),
    ("did not find expected key", "this line does not fit the lines above", "check how far it is indented, and the quotes"),
    ("did not find expected '-'", "this line does not fit the list above", "start each item with - at the same column"),
    ("did not find expected ',' or ']'", "a list in [ ] is not finished here", "put a comma between items and close with ]"),
    ("did not find expected ',' or '}'", "a mapping in { } is not finished here", "put a comma between pairs and close with }"),
    ("found unexpected end of stream", "these quotes are never closed", "close them"),
    ("expected <block end>", "this line does not fit the lines above", "check how far it is indented, and the quotes"),
    ("expected ',' or ']'", "a list in [ ] is not finished here", "put a comma between items and close with ]"),
    ("expected ',' or '}'", "a mapping in { } is not finished here", "put a comma between pairs and close with }"),
    ("did not find expected node content", "a list or a mapping is not finished here", "close it with ] or }"),
    ("expected the node content", "a list or a mapping is not finished here", "close it with ] or }"),
    ("found unexpected document indicator", "--- stands inside quotes", "close the quotes"),
    ("block sequence entries are not allowed", 'a "-" stands where no list is expected', "begin the list on its own line"),
    ("unknown escape character", "a backslash stands inside double quotes", "use single quotes, or write two backslashes"),
    ("found undefined tag handle", "tags (!…) are not allowed", "put the text in quotes"),
    ("did not find expected tag", "tags (!…) are not allowed", "put the text in quotes"),
    ("did not find expected alphabetic", "& and * begin anchors, which are not allowed", "put the text in quotes"),
    ("found character that cannot start any token", "this character cannot begin a text", "put the text in quotes"),
)


class _StopError(Exception):
    """The rest of the file is not worth reading; the problem is already told."""


def parse_yaml(content: bytes | str, origin: Origin, problems: list[Problem]) -> Node | None:
    """Return the tree of one file, or None when it cannot be used; the problems say why, each with line and column.

    An empty file is an empty mapping. A UTF-8 byte order mark is skipped.
    """
    text = _decode(content, origin, problems)
    if text is None:
        return None
    wrong = FORBIDDEN.search(text)
    if wrong:
        problems.append(
            Problem(
                message=f"character U+{ord(wrong.group()):04X} is not allowed",
                place=_place_at(text, wrong.start(), origin),
                hint="delete it and type the text anew",
            )
        )
        return None
    directive = _DIRECTIVE.search(text)
    if directive:  # Why before parsing: libyaml compares each %TAG with all others, which takes seconds for a file of them
        place = _place_at(text, directive.start(), origin)
        problems.append(Problem(message="a line must not begin with %", place=place, hint="delete it, or put the text in quotes"))
        return None
    return _TreeBuilder(text, origin, problems).build()


def _decode(content: bytes | str, origin: Origin, problems: list[Problem]) -> str | None:
    whole = Place(file=origin.file)
    if len(content) > MAX_BYTES:
        limit = f"{MAX_BYTES // 1000} kB"
        problems.append(Problem(message=f"the file is larger than {limit}", place=whole, hint="split it into several files"))
        return None
    if isinstance(content, str):
        return content.removeprefix("\ufeff")
    content = content.removeprefix(BOM_UTF8)
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        begin = content.rfind(b"\n", 0, error.start) + 1
        column = len(content[begin : error.start].decode("utf-8", "replace")) + 1
        problems.append(
            Problem(
                message="the file is not UTF-8 text",
                place=Place(file=origin.file, line=line, column=column),
                hint="save it again with the encoding UTF-8",
            )
        )
        return None


def _place_at(text: str, index: int, origin: Origin) -> Place:
    before = text[:index]
    return Place(file=origin.file, line=before.count("\n") + 1, column=index - before.rfind("\n"))


class _TreeBuilder:
    """Builds the tree from parser events, keeping count of depth, nodes and problems."""

    def __init__(self, text: str, origin: Origin, problems: list[Problem]) -> None:
        self.text = text
        self.lines = text.split("\n") if "#" in text else ()
        self.origin = origin
        self.problems = problems
        self.told = 0
        self.usable = True
        self.root: Node | None = None
        self.open: list[Sequence | Mapping] = []
        self.pending: list[Scalar | None] = []  # for each open mapping the key that waits for its value

    def build(self) -> Node | None:
        import yaml

        parser_of: Any = getattr(yaml.cyaml, "CParser") if yaml.__with_libyaml__ else yaml.SafeLoader  # noqa: B009 - not in its types
        parser = parser_of(self.text)
        try:
            self._read_events(parser.get_event)
        except _StopError:
            return None
        except yaml.MarkedYAMLError as error:
            self._tell_syntax(error)
            return None
        except yaml.YAMLError:
            self.problems.append(
                Problem(message="the file is not readable YAML", place=Place(file=self.origin.file), hint="save it as plain text")
            )
            return None
        finally:
            parser.dispose()
        if not self.usable:
            return None
        return self.root if self.root is not None else Mapping(self.origin, 1, 1)

    def _read_events(self, next_event: Any) -> None:
        import yaml

        nodes = 0
        documents = 0
        scalar, sequence, mapping = yaml.ScalarEvent, yaml.SequenceStartEvent, yaml.MappingStartEvent
        origin = self.origin
        while True:
            event = next_event()
            kind = type(event)
            if kind is scalar or kind is sequence or kind is mapping:
                nodes += 1
                mark = event.start_mark
                line, column = mark.line + 1, mark.column + 1
                if nodes > MAX_NODES:
                    self._stop(f"the file holds more than {MAX_NODES} values", mark, "split it into several files")
                if event.anchor is not None or event.tag is not None:
                    self._refuse_extras(event)
                if kind is scalar:
                    self._check_text(event.value, mark)
                    self._put(Scalar(event.value, origin, line, column, commented=self._is_commented(event)))
                else:
                    box = Sequence([], origin, line, column) if kind is sequence else Mapping(origin, line, column)
                    self._open(box, mark)
            elif kind is yaml.SequenceEndEvent or kind is yaml.MappingEndEvent:
                self.pending.pop()
                self._put(self.open.pop())
            elif kind is yaml.AliasEvent:
                self._refuse_extras(event)
                self._put(Scalar("", origin, event.start_mark.line + 1, event.start_mark.column + 1))
            elif kind is yaml.DocumentStartEvent:
                documents += 1
                if documents > 1:
                    self._stop("a file holds one document only", event.start_mark, "remove the line ---")
            elif kind is yaml.StreamEndEvent:
                return

    def _is_commented(self, event: Any) -> bool:
        """Whether text without quotes ends where a comment begins."""
        end = event.end_mark
        if event.style or end.line >= len(self.lines):
            return False
        return _COMMENT.match(self.lines[end.line], end.column) is not None

    def _refuse_extras(self, event: Any) -> None:
        import yaml

        mark = event.start_mark
        if type(event) is yaml.AliasEvent:
            self._refuse("aliases (*…) are not allowed", mark, "write the value out, or put the text in quotes")
            return
        if event.anchor is not None:
            self._refuse("anchors (&…) are not allowed", mark, "write the value out where it is used")
        if event.tag is not None:
            self._refuse("tags (!…) are not allowed", mark, "leave the tag out, or put the text in quotes")

    def _check_text(self, value: str, mark: Any) -> None:
        if len(value) > MAX_TEXT:
            self._stop(f"the text is longer than {MAX_TEXT} characters", mark, "shorten it")
        wrong = FORBIDDEN.search(value)
        if wrong:
            self._refuse(f"character U+{ord(wrong.group()):04X} is not allowed", mark, "leave the escape out")

    def _open(self, box: Sequence | Mapping, mark: Any) -> None:
        if len(self.open) >= MAX_DEPTH:
            self._stop(f"lists and mappings are nested more than {MAX_DEPTH} deep", mark, "make it simpler")
        self.open.append(box)
        self.pending.append(None)

    def _put(self, node: Node) -> None:
        if not self.open:
            self.root = node
            return
        box = self.open[-1]
        if isinstance(box, Sequence):
            box.items.append(node)
            return
        key = self.pending[-1]
        if key is None:
            if not isinstance(node, Scalar):
                place = f"{node.line}:{node.column}"
                self._tell("a key must be plain text, not a list or a mapping", node.place, f"see {place}; write key: value")
                raise _StopError
            self.pending[-1] = node
            return
        self.pending[-1] = None
        first = box.keys.get(key.text)
        if first is not None:
            self._tell(
                f"{quoted(key.text)} is given twice, in line {first.line} and in line {key.line}",
                key.place,
                "remove one of the two",
            )
            return
        box.keys[key.text] = key
        box.values[key.text] = node

    def _tell(self, message: str, place: Place, hint: str) -> None:
        self.told += 1
        self.problems.append(Problem(message=message, place=place, hint=hint))
        if self.told >= MAX_PROBLEMS:
            raise _StopError

    def _place(self, mark: Any) -> Place:
        return Place(file=self.origin.file, line=mark.line + 1, column=mark.column + 1)

    def _refuse(self, message: str, mark: Any, hint: str) -> None:
        self.usable = False
        self._tell(message, self._place(mark), hint)

    def _stop(self, message: str, mark: Any, hint: str) -> None:
        self._tell(message, self._place(mark), hint)
        raise _StopError

    def _tell_syntax(self, error: yaml.MarkedYAMLError) -> None:
        trouble = error.problem or error.context or ""
        unclosed = "unexpected end of stream" in trouble and error.context_mark is not None
        mark: Any = error.context_mark if unclosed else error.problem_mark or error.context_mark
        place = self._place(mark) if mark is not None else Place(file=self.origin.file)
        lines = self.text.split("\n")
        line = lines[mark.line] if mark is not None and mark.line < len(lines) else ""
        message, hint = f"not readable as YAML: {trouble}", "check indents, quotes and brackets"
        if "\t" in line[: len(line) - len(line.lstrip())]:
            message, hint = "a tab stands where only blanks are allowed", "indent with blanks"
        else:
            for start, sentence, cure in _SENTENCES:
                if start in trouble:
                    message, hint = sentence, cure
                    break
        self.problems.append(Problem(message=message, place=place, hint=hint))
