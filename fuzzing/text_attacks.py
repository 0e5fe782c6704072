"""Hostile text in every field of every kind of input: printed letter for letter, or refused in one line."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator, Mapping

from fuzzing.arena import Content
from fuzzing.attack import Attack

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


def yaml_text(text: str) -> str:
    """The text as YAML in double quotes, everything that is not plain escaped."""
    return json.dumps(text)


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
