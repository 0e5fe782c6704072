"""The signs that content streams are made of (ISO 32000-1, 7.2.2 and 7.3)."""

from __future__ import annotations

from io import BytesIO

from pypdf.generic import NameObject

BLANKS = b"\0\t\n\f\r "
SPACE = rb"\0\t\n\f\r "
REGULAR = rb"[^\0\t\n\f\r ()<>\[\]{}/%]"
STRING = rb"\((?:[^()\\]++|\\[\s\S]|\((?:[^()\\]++|\\[\s\S]|\((?:[^()\\]++|\\[\s\S])*+\))*+\))*+\)"
"""A string with brackets at most two deep in it."""


def decoded_name(token: bytes) -> str:
    """A name of a content stream as pypdf spells it in dictionaries."""
    return token.decode("ascii") if token.isascii() and b"#" not in token else _read_name(token)


def _read_name(token: bytes) -> str:
    return str(NameObject.read_from_stream(BytesIO(token + b" "), None))
