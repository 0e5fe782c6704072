"""Bad tables of patients."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from fuzzing.arena import Content
from fuzzing.attack import Attack, repeated, sparse


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
    "100 MB of nothing": sparse(100_000_000),
    "100 MB of one row": repeated(b"patient,", 100_000_000),
    "10 GB of nothing": sparse(10_000_000_000),
    "64 MB of one cell": repeated(b"patientpatient__", 63_000_000),
    "random bytes": bytes((i * i * 31 + i * 7) % 256 for i in range(20_000)),
}  # fmt: skip


def table_attacks() -> Iterator[Attack]:
    """Every bad table, made and dry."""
    for name, content in CSV.items():
        yield Attack(kind="CSV: batch", name=name, words=("batch", "p.csv", "--jobs", "1"), files={"p.csv": content})
        words = ("batch", "p.csv", "--dry-run", "--names", "{patient}-{number}")
        yield Attack(kind="CSV: dry run", name=name, words=words, files={"p.csv": content})
