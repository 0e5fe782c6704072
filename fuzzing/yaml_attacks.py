"""Bad YAML in every place where a YAML file is read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from fuzzing.arena import Content
from fuzzing.attack import Attack, repeated, sparse

_LAUGHS = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)


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
    "100 MB of nothing": sparse(100_000_000),
    "100 MB of lines": repeated(b"routine: five-minute\n", 100_000_000),
    "10 GB of nothing": sparse(10_000_000_000),
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
