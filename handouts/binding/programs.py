"""Leaves behind what colour functions and letter maps hold and nobody evaluates: comments, unknown words, bytes at the end.

Source: ISO 32000-1, 7.10 (functions) and 9.7.5 (CMaps).
"""

from __future__ import annotations

import math
import re

from pypdf.generic import ArrayObject, DictionaryObject

from handouts.binding.faults import too_heavy
from handouts.binding.lexical import SPACE, STRING
from handouts.binding.streams import resolved, whole_number

_CALCULATING, _LONGEST = 4, 200_000  # type, and bytes; programs of drawing programs have a thousandth of that
_WORD = re.compile(rb"%[^\r\n]*+|[{}]|[^\0\t\n\f\r {}%]++")
_NUMBER = re.compile(rb"[-+.0-9]++(?:[eE][-+]?[0-9]++)?")
_OPERATORS = frozenset(
    b"{ } abs add atan ceiling cos cvi cvr div exp floor idiv ln log mod mul neg round sin sqrt sub truncate and bitshift eq "
    b"false ge gt le lt ne not or true xor if ifelse copy dup exch index pop roll".split()
)
_COMMENT = re.compile(rb"(" + STRING + rb")|%[^\r\n]*+")
_BLANKS = re.compile(rb"[" + SPACE + rb"]{2,}+")


def used_function(function: DictionaryObject, plain: bytes) -> bytes:
    """The program or the samples of a function, without what it does not use."""
    if whole_number(function.get("/FunctionType")) == _CALCULATING:
        if len(plain) > _LONGEST:
            raise too_heavy(f"works out colours by a program of more than {_LONGEST // 1000} kB")
        words = (word for word in _WORD.findall(plain) if word in _OPERATORS or _NUMBER.fullmatch(word))
        return b" ".join(words)
    sizes, ranges = resolved(function.get("/Size")), resolved(function.get("/Range"))
    if not isinstance(sizes, ArrayObject) or not isinstance(ranges, ArrayObject):
        return plain
    samples = math.prod(max(whole_number(size), 0) for size in sizes) * (len(ranges) // 2)
    return plain[: (samples * whole_number(function.get("/BitsPerSample")) + 7) // 8]


def used_map(cmap: bytes) -> bytes:
    """A CMap without its comments."""
    return _BLANKS.sub(b"\n", _COMMENT.sub(rb"\1", cmap))
