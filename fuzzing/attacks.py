"""Hostile text, YAML and tables, kind by kind: each ends in one clear line, or is printed letter for letter.

`python -m fuzzing.attacks` runs them all and prints the table of results.
"""

from __future__ import annotations

import io
import json
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from fuzzing.arena import Content, Ran, run_alone, warm_up

BAD = "\ud800"
HEBREW, ARABIC = "\u05d3\u05d5\u05d3 \u05db\u05d4\u05df", "\u0645\u0631\u064a\u0645"

# Text that must be printed letter for letter or refused in one line.
TEXTS: Mapping[str, str] = {
    "markup": "<b>x</b> <img src='/etc/passwd'/> <para fontSize=9000>",
    "markup of links": "<a href='javascript:alert(1)'>x</a> <onDraw name='x'/>",
    "entities": "A &amp; b &lt;c&gt; &#x41; &xxe; <!ENTITY x 'y'>",
    "slots": "{0} {n} {patient.__class__} {{x}} %s %(n)s ${x} ~",
    "slots with a width": "{n:>999999999}",
    "PDF syntax": ") Tj ET Q endstream endobj << /JS (x) >> \\(",
    "script": "<script>alert(1)</script>\"'><svg onload=alert(1)>",
    "a formula": '=HYPERLINK("http://evil.example","x")',
    "a command": "; rm -rf / `id` $(id) | cat",
    "a path": "../../../etc/passwd",
    "NUL": "A\x00B",
    "escape": "A\x1b[31mB\x07",
    "C1 control": "A\x9b31mB",
    "line break": "A\nB",
    "line separator": "A\u2028B",
    "lone surrogate": f"A{BAD}B",
    "noncharacter": "A\uffffB",
    "byte order mark": "A\ufeffB",
    "bidi override": "A\u202egnp.exe\u202cB",
    "bidi isolate": "A\u2067B\u2069",
    "bidi mark": "A\u200fB",
    "zero-width joins": "A\u200dB\u200cC\u200bD\u2060E",
    "soft hyphen": "Hand\u00adout",
    "tag characters": "A\U000e0041\U000e007fB",
    "variation selector": "A\ufe0fB",
    "emoji": "Sam \U0001f600 \U0001f468\u200d\U0001f469\u200d\U0001f467",
    "Hebrew inside": f"Dr {HEBREW} Sample",
    "Arabic inside": f"Dr {ARABIC} Sample",
    "Chinese": "\u5f20\u4f1f",
    "wide blank": "A\u3000B",
    "other blanks": "A\u2003B\u202fC\u1680D",
    "private use": "A\ue000B",
    "unassigned": "A\u0378B",
    "combining marks": "A" + "\u0301" * 60 + "B",
    "a thousand combining marks": "A" + "\u0301\u0323" * 500,
    "marks of many classes": "A" + "\u0301\u0323\u0345\u0327" * 20_000,
    "decomposed": unicodedata.normalize("NFD", "Zo\u00eb \u1ec5"),
    "a long word": "W" * 10_000,
    "long words": "word " * 20_000,
    "one megabyte": "A b " * 250_000,
    "many blanks": "A" + " " * 100_000 + "B",
    "nothing seen": "\u200b\u00a0\u2060",
}
_LONGEST_ARGUMENT = 120_000  # bytes: more than that Linux does not hand to a program

CLINIC = {"name": "Sample Physio", "phone": "020 7946 0000", "country": "gb"}
CLINIC_TEXTS = ("name", "tagline", "address", "email", "website", "phone", "clinician", "logo_alt", "cover_alt")
REQUEST_TEXTS = ("patient", "patient_id", "clinician", "goal", "title", "note", "override", "progression_rule")
OTHER_OPTIONS = (
    *("date", "routine", "region", "minutes", "days", "dose", "side", "progression", "at", "time_zone", "lang", "cover"),
    *("clinic", "edition", "paper", "start", "precaution", "level", "body", "pages"),
)
WORDS_TEXTS = ("name", "purpose", "steps", "breathing", "feel", "tip", "caution", "stop_if", "aka", "alt", "caption")


@dataclass(frozen=True, slots=True, kw_only=True)
class Attack:
    """A command with its files; `printed`: words that a made PDF must then hold, letter for letter."""

    kind: str
    name: str
    words: tuple[str, ...]
    files: Mapping[str, Content] = field(default_factory=dict)
    printed: str | None = None


def yaml_text(text: str) -> str:
    """The text as YAML in double quotes, everything that is not plain escaped."""
    return json.dumps(text)


# ------------------------------------------------------------------------------------------------- text


def text_attacks() -> Iterator[Attack]:
    """Every text in every field of every kind of input."""
    for payload, text in TEXTS.items():
        for name in REQUEST_TEXTS:
            yield _by_option(name, payload, text)
            yield _by_request(name, payload, text)
            yield _by_table(name, payload, text)
        for name in OTHER_OPTIONS:
            yield _refused_option(name, payload, text)
        for name in CLINIC_TEXTS:
            yield _by_clinic(name, payload, text)
        for name in WORDS_TEXTS:
            yield _by_words(name, payload, text)
        yield _by_phrase(payload, text)
        yield _by_vocabulary(payload, text)
        yield _by_settings(payload, text)
        yield _by_password(payload, text)


def _fits(text: str) -> bool:
    try:
        return "\0" not in text and len(text.encode("utf-8", "surrogateescape")) < _LONGEST_ARGUMENT
    except UnicodeEncodeError:
        return False


def _shown(name: str, text: str) -> str | None:
    return None if name == "override" else text


def _by_option(name: str, payload: str, text: str) -> Attack:
    given = text.replace(BAD, "\udcff")
    given = given if _fits(given) else given.replace("\0", "\x01").replace(BAD, "\udcff")[: _LONGEST_ARGUMENT // 4]
    value = f"cobra: {given}" if name in ("note", "override") else given
    plan = ("--pages", "handout,calendar", "--weeks", "2", "--progression", "week 2: cobra: 12")
    words = ("make", "--exercise", "cobra", f"--{name.replace('_', '-')}={value}", *plan, "-o", "x.pdf")
    return Attack(kind="text in options", name=f"{name}: {payload}", words=words, printed=_shown(name, given))


def _refused_option(name: str, payload: str, text: str) -> Attack:
    given = text if _fits(text) else text.replace("\0", "\x01").replace(BAD, "\udcff")[: _LONGEST_ARGUMENT // 4]
    words = ("make", "--exercise", "cobra", f"--{name.replace('_', '-')}={given}", "-o", "x.pdf")
    return Attack(kind="text in other options", name=f"{name}: {payload}", words=words)


def _by_request(name: str, payload: str, text: str) -> Attack:
    value = f"{{cobra: {yaml_text(text)}}}" if name in ("note", "override") else yaml_text(text)
    plan = 'pages: [handout, calendar]\nweeks: 2\nprogression: "week 2: cobra: 12"\n'
    request = f"exercises: [cobra]\n{plan}{name}: {value}\n"
    words = ("make", "r.yaml", "-o", "x.pdf", "--chart-note", "x.txt", "--save", "again.yaml")
    return Attack(
        kind="text in request files",
        name=f"{name}: {payload}",
        words=words,
        files={"r.yaml": request.encode()},
        printed=_shown(name, text),
    )


def _by_table(name: str, payload: str, text: str) -> Attack:
    value = f"cobra: {text}" if name in ("note", "override") else text
    cell = value.replace('"', '""')
    table = f'exercises,pages,weeks,progression,{name}\ncobra,"handout,calendar",2,week 2: cobra: 12,"{cell}"\n'
    words = ("batch", "p.csv", "--jobs", "1")
    content = table.encode("utf-8", "surrogatepass")
    divided = name == "note" and any(c in text for c in "|\n\r")
    return Attack(
        kind="text in tables",
        name=f"{name}: {payload}",
        words=words,
        files={"p.csv": content},
        printed=None if divided else _shown(name, text),
    )


def _by_clinic(name: str, payload: str, text: str) -> Attack:
    fields = {key: yaml_text(value) for key, value in {**CLINIC, name: text}.items()}
    content = "".join(f"{key}: {value}\n" for key, value in fields.items())
    files: dict[str, Content] = {"handouts.yaml": b"clinic: own\n", "assets/clinics/own/clinic.yaml": content.encode()}
    return Attack(
        kind="text in clinic data",
        name=f"{name}: {payload}",
        words=("make", "--exercise", "cobra", "--cover", "generated", "--pages", "handout,calendar", "-o", "x.pdf"),
        files=files,
        printed=None if name.endswith("_alt") else text,
    )


def _by_words(name: str, payload: str, text: str) -> Attack:
    value = yaml_text(text)
    lines = {
        "steps": f"steps: [{value}, Two., Three.]",
        "stop_if": f"stop_if: [{value}]",
        "aka": f"aka: [{value}]",
        "alt": f"pictures: {{start: {{alt: {value}}}}}",
        "caption": f"pictures: {{start: {{caption: {value}}}}}",
    }
    content = lines.get(name, f"{name}: {value}") + "\n"
    files: dict[str, Content] = {"handouts.yaml": b"lang: en\n", "catalog/words/en/cobra.yaml": content.encode()}
    hidden = name in ("aka", "alt", "tip", "caption", "purpose", "breathing")
    return Attack(
        kind="text in catalogue words",
        name=f"{name}: {payload}",
        words=("make", "--exercise", "cobra", "-o", "x.pdf"),
        files=files,
        printed=None if hidden else text,
    )


def _by_phrase(payload: str, text: str) -> Attack:
    content = f"messages: {{title.default: {yaml_text(text)}}}\n"
    files: dict[str, Content] = {"handouts.yaml": b"lang: en\n", "templates/phrases/en.yaml": content.encode()}
    words = ("make", "--exercise", "cobra", "-o", "x.pdf")
    return Attack(kind="text in phrases", name=payload, words=words, files=files)


def _by_vocabulary(payload: str, text: str) -> Attack:
    content = f"equipment: {{mat-or-bed: {yaml_text(text)}, mat: {yaml_text(text)}}}\n"
    files: dict[str, Content] = {"handouts.yaml": b"lang: en\n", "catalog/words/en/vocabulary.yaml": content.encode()}
    words = ("make", "--exercise", "cobra", "-o", "x.pdf")
    return Attack(kind="text in the vocabulary", name=payload, words=words, files=files)


def _by_settings(payload: str, text: str) -> Attack:
    files: dict[str, Content] = {"handouts.yaml": f"clinician: {yaml_text(text)}\n".encode()}
    words = ("make", "--exercise", "cobra", "-o", "x.pdf")
    return Attack(kind="text in settings", name=payload, words=words, files=files, printed=text)


def _by_password(payload: str, text: str) -> Attack:
    content = text.encode("utf-8", "surrogatepass")
    words = ("make", "--exercise", "cobra", "--password-file", "secret", "-o", "x.pdf")
    return Attack(kind="text in password files", name=payload, words=words, files={"secret": content})


# ------------------------------------------------------------------------------------------------- YAML

_LAUGHS = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)


def _sparse(size: int) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        with path.open("wb") as stream:
            stream.truncate(size)

    return write


def _repeated(line: bytes, size: int) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        block = line * (1_000_000 // len(line))
        with path.open("wb") as stream:
            for _ in range(size // len(block) + 1):
                stream.write(block)

    return write


YAML: Mapping[str, Content] = {
    "alias bomb": _LAUGHS.encode(),
    "merge bomb": b"a: &a {k: v}\nb: &b {<<: [*a, *a]}\nc: {<<: *b}\n",
    "alias to itself": b"&a [*a]",
    "deep lists": b"[" * 200_000,
    "deep mappings": b"{a: " * 100_000,
    "deep blocks": "".join(" " * i + "a:\n" for i in range(700)).encode(),
    "deep dashes": b"- " * 100_000,
    "question marks": b"? " * 100_000,
    "huge number": b"minutes: " + b"9" * 15_000,
    "huge float": b"minutes: 1e999999999\n",
    "hexadecimal": b"minutes: 0x7fffffffffffffff\n",
    "base 60": b"minutes: 1:30:00\n",
    "not a number": b"minutes: .nan\n",
    "other digits": "minutes: \u0661\u0660\n".encode(),
    "huge date": b"date: 99999-12-31\n",
    "last day": b"start: 9999-12-31\nroutine: five-minute\npages: calendar\nweeks: 26\n",
    "first day": b"start: 0001-01-01\nroutine: five-minute\npages: calendar\n",
    "first date": b"date: 0001-01-01\nroutine: five-minute\n",
    "last date": b"date: 9999-12-31\nreview: 9999-12-31\nroutine: five-minute\n",
    "duplicate keys": b"routine: a\n" * 20_000,
    "duplicate long keys": b"%b: 1\n%b: 1\n" % (b"k" * 1000, b"k" * 1000),
    "a key of many lines": b'"a\\nb": 1\n"a\\nb": 1\n',
    "python tag": b"!!python/object/apply:os.system [id]\n",
    "binary tag": b"patient: !!binary aGVsbG8=\n",
    "own tag": b"patient: !x y\n",
    "tag directive": b"%TAG ! tag:x,2000:\n---\n!x y\n",
    "many tag directives": "".join(f"%TAG !a{i}! a\n" for i in range(28_000)).encode(),
    "many tag directives later": ("a: b\n...\n" + "".join(f"%TAG !a{i}! a\r\n" for i in range(28_000))).encode(),
    "other version": b"%YAML 9.9\n---\nroutine: five-minute\n",
    "null tag": b"!!null\n",
    "UTF-16": "routine: five-minute\n".encode("utf-16"),
    "UTF-16 without a mark": "routine: five-minute\n".encode("utf-16-le"),
    "UTF-32": "routine: five-minute\n".encode("utf-32"),
    "UTF-7": b"patient: +ADw-script+AD4-\nroutine: five-minute\n",
    "Latin-1": "patient: Zo\u00eb\n".encode("latin-1"),
    "overlong UTF-8": b"patient: \xc0\xafx\n",
    "surrogates in UTF-8": b"patient: \xed\xa0\x80\n",
    "NUL": b"routine: five-minute\n\x00\n",
    "many NULs": bytes(400_000),
    "escaped NUL": b'patient: "\\0"\n',
    "random bytes": bytes((i * i * 31 + i * 7) % 256 for i in range(20_000)),
    "two documents": b"routine: a\n---\nroutine: b\n",
    "many documents": b"--- a\n" * 50_000,
    "many unknown keys": "".join(f"k{i}: v\n" for i in range(24_000)).encode(),
    "many long unknown keys": "".join(f"k{i:04}{'regio' * 60}: v\n" for i in range(1_500)).encode(),
    "many unknown exercises": ("exercises: [" + ", ".join(f"cobr{i}" for i in range(24_000)) + "]\n").encode(),
    "many notes of unknown exercises": ("note: {" + ", ".join(f"cobr{i}: v" for i in range(20_000)) + "}\n").encode(),
    "many bad keys of notes": ("note: {" + ", ".join(f"COBR{i}: v" for i in range(20_000)) + "}\n").encode(),
    "many doses": ("dose: {" + ", ".join(f"cobr{i}: lots" for i in range(20_000)) + "}\n").encode(),
    "many days": ("days: [" + ", ".join(["moo"] * 24_000) + "]\n").encode(),
    "the same exercise often": ("exercises: [" + ", ".join(["cobra"] * 24_000) + "]\n").encode(),
    "many steps": ("progression: [" + ", ".join(f'"week 2: cobr{i}: 3 x 10"' for i in range(9_000)) + "]\n").encode(),
    "one long line": b"patient: " + b"A" * 490_000,
    "one long comment": b"#" * 490_000,
    "many comments": b"#\n" * 250_000,
    "many blank lines": b"\n" * 500_000,
    "a long quote never closed": b'patient: "' + b"a\n" * 200_000,
    "a block of text": b"patient: |\n" + b"  a\n" * 100_000,
    "folded blanks": b"patient: >\n" + b" \n" * 200_000 + b" a\n",
    "long plain over lines": b"patient: a\n" + b"  a\n" * 100_000,
    "many colons": b":" * 400_000,
    "many commas": b"[" + b"," * 400_000,
    "many quotes": b"'" * 400_000,
    "many stars": b"* " * 200_000,
    "many tabs": b"\t" * 400_000,
    "many percents": b"%" * 400_000,
    "many carriage returns": b"\r" * 400_000,
    "100 MB of nothing": _sparse(100_000_000),
    "100 MB of lines": _repeated(b"routine: five-minute\n", 100_000_000),
    "10 GB of nothing": _sparse(10_000_000_000),
}  # fmt: skip


def yaml_attacks() -> Iterator[Attack]:
    """Every bad file in every place where a YAML file is read."""
    for name, content in YAML.items():
        yield Attack(kind="YAML: request", name=name, words=("make", "r.yaml", "-o", "x.pdf"), files={"r.yaml": content})
        yield Attack(kind="YAML: check", name=name, words=("check", "r.yaml"), files={"r.yaml": content})
        yield Attack(kind="YAML: batch", name=name, words=("batch", "r.yaml", "--jobs", "1"), files={"r.yaml": content})
        for kind, path in (
            ("settings", "handouts.yaml"),
            ("clinic", "assets/clinics/own/clinic.yaml"),
            ("exercise", "catalog/exercises/own.yaml"),
            ("words", "catalog/words/en/cobra.yaml"),
            ("edition", "templates/editions/standard.yaml"),
            ("phrases", "templates/phrases/en.yaml"),
        ):
            files: dict[str, Content] = {"handouts.yaml": b"lang: en\n", path: content}
            chosen = ("--clinic", "own") if kind == "clinic" else ()
            words = ("make", "--exercise", "cobra", *chosen, "-o", "x.pdf")
            yield Attack(kind=f"YAML: {kind}", name=name, words=words, files=files)


# ------------------------------------------------------------------------------------------------- tables


def _table(line: bytes, header: bytes = b"patient,exercises,note\n") -> bytes:
    return header + line


CSV: Mapping[str, Content] = {
    "formulas": _table(b'=cmd|"/c calc"!A0,cobra,cobra: +1+1\n@SUM(1),cobra,\n-2+3,cobra,\n'),
    "formula in an id": b"patient_id,exercises\n=1+1,cobra\n",
    "formula as a column": b'=HYPERLINK("x"),exercises\na,cobra\n',
    "formula as an exercise": b"exercises\n=1+1\n",
    "NULs": _table(b"A\0B,cobra,\n"),
    "UTF-16": "patient,exercises\nA,cobra\n".encode("utf-16"),
    "UTF-16 without a mark": "patient,exercises\nA,cobra\n".encode("utf-16-le"),
    "Latin-1": "patient,exercises\nZo\u00eb,cobra\n".encode("latin-1"),
    "a workbook": b"PK\x03\x04" + bytes(1000),
    "an old workbook": b"\xd0\xcf\x11\xe0" + bytes(1000),
    "empty": b"",
    "only breaks": b"\n" * 400_000,
    "only dividers": b"," * 400_000,
    "only quotes": b'"' * 400_000,
    "quotes never closed": _table(b'"' + b"a\n" * 200_000),
    "text behind quotes": _table(b'"a"b,cobra,\n'),
    "many columns": b",".join(b"patient" for _ in range(5_000)) + b"\n",
    "many unknown columns": b"patient," + b",".join(b"colum%d" % i for i in range(190)) + b"\n",
    "long names of columns": b"patient," + b",".join(b"x" * 10_000 for _ in range(100)) + b"\n",
    "the same column often": b",".join([b"patient"] * 190) + b"\n",
    "a cell of one megabyte": _table(b"A" * 1_000_000 + b",cobra,\n"),
    "many exercises in a cell": _table(b"A," + b"|".join(b"cobr%d" % i for i in range(3_000)) + b",\n"),
    "the same exercise often": _table(b"A," + b"|".join([b"cobra"] * 3_000) + b",\n"),
    "many notes in a cell": _table(b"A,cobra," + b"|".join(b"cobr%d: v" % i for i in range(1_900)) + b"\n"),
    "many bad notes in a cell": _table(b"A,cobra," + b"|".join([b"x"] * 9_900) + b"\n"),
    "many bars in a cell": _table(b"A,cobra," + b"|" * 19_000 + b"\n"),
    "many days in a cell": b"exercises,days\ncobra," + b"moo|" * 4_000 + b"\n",
    "many steps in a cell": b"exercises,progression\ncobra," + b"week 2: cobr: 3 x 10|" * 900 + b"\n",
    "too many cells": _table(b"A,cobra,,,,x\n"),
    "too few cells": _table(b"A\n"),
    "sep= of something else": b"sep=x\npatient,exercises\nA,cobra\n",
    "a header only": b"patient,exercises\n",
    "rows after the last": b"patient,exercises\n" + b"\n" * 99_999 + b"A,cobra\n",
    "100001 rows": b"exercises\n" + b"\n" * 100_001,
    "control characters": _table(b"A\x1b[31m,cobra,\n"),
    "bidi override": _table("A\u202eB,cobra,\n".encode()),
    "absolute cover": b"exercises,cover\ncobra,/etc/passwd.pdf\n",
    "cover outside": b"exercises,cover\ncobra,../../x.pdf\n",
    "100 MB of nothing": _sparse(100_000_000),
    "100 MB of one row": _repeated(b"patient,", 100_000_000),
    "10 GB of nothing": _sparse(10_000_000_000),
    "64 MB of one cell": _repeated(b"patientpatient__", 63_000_000),
    "random bytes": bytes((i * i * 31 + i * 7) % 256 for i in range(20_000)),
}  # fmt: skip


def table_attacks() -> Iterator[Attack]:
    """Every bad table, made and dry."""
    for name, content in CSV.items():
        yield Attack(kind="CSV: batch", name=name, words=("batch", "p.csv", "--jobs", "1"), files={"p.csv": content})
        words = ("batch", "p.csv", "--dry-run", "--names", "{patient}-{number}")
        yield Attack(kind="CSV: dry run", name=name, words=words, files={"p.csv": content})


# ------------------------------------------------------------------------------------------------- the table


@dataclass(slots=True)
class Result:
    """What came of all attacks of a kind."""

    count: int = 0
    printed: int = 0
    refused: int = 0
    open: list[str] = field(default_factory=list)
    seconds: float = 0.0
    memory: int = 0

    def add(self, attack: Attack, ran: Ran) -> None:
        """Count one attack."""
        troubles = [*ran.troubles(), *not_literal(attack, ran)]
        self.count += 1
        self.printed += ran.code == 0
        self.refused += ran.code != 0
        self.seconds, self.memory = max(self.seconds, ran.seconds), max(self.memory, ran.memory)
        if troubles:
            self.open.append(f"{attack.kind}: {attack.name}: {'; '.join(troubles)}")


def not_literal(attack: Attack, ran: Ran) -> list[str]:
    """Whether words that were not refused are on the page as they were given, blanks aside."""
    if attack.printed is None or ran.code != 0 or not ran.made:
        return []
    from pypdf import PdfReader

    wanted = "".join(unicodedata.normalize("NFC", attack.printed.replace("\u00ad", "")).split())
    for content in ran.made.values():
        pages = [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]
        if wanted not in "".join("".join(pages).split()):
            return ["not printed as it is"]
    return []


def all_attacks() -> Iterator[Attack]:
    """All of them."""
    yield from text_attacks()
    yield from yaml_attacks()
    yield from table_attacks()


def main(names: list[str]) -> int:
    """Run the attacks whose kind and name hold one of the words (none: all); 1 where one gets through."""
    warm_up()
    results: defaultdict[str, Result] = defaultdict(Result)
    for attack in all_attacks():
        told = f"{attack.kind}: {attack.name}"
        if not names or any(name in told for name in names):
            results[attack.kind].add(attack, run_alone(attack.words, attack.files))
    print("| attacks | count | done | refused | open | worst time | worst memory |\n|---|---|---|---|---|---|---|")
    for kind, result in results.items():
        print(
            f"| {kind} | {result.count} | {result.printed} | {result.refused} | {len(result.open)} "
            f"| {result.seconds:.2f} s | {result.memory / 1e6:.0f} MB |"
        )
    for result in results.values():
        for line in result.open:
            print(f"OPEN {line}")
    return int(any(result.open for result in results.values()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
