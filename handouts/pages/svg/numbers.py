"""Numbers, lengths and transforms as SVG writes them."""

from __future__ import annotations

import math
import re
from typing import TypeAlias

Matrix: TypeAlias = tuple[float, float, float, float, float, float]

IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
NUMBER = r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?"
_LARGEST = 1e7
_MOST_STEPS = 64  # of one transform
_UNITS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}  # in px (CSS Values 3, 5.2)
_LENGTH = re.compile(rf"\s*({NUMBER})\s*([a-z]*|%)\s*")
_STEP = re.compile(r"[\s,]*([A-Za-z]+)\s*\(([^()]*)\)")
_SEPARATED = re.compile(NUMBER)
_LONGEST_NUMBER = 100  # letters; longer ones are none that a drawing program writes


def read_number(text: str) -> float:
    """Return a number; raises ValueError where it is none, or so large that nothing can be drawn with it."""
    value = float(text)
    if not abs(value) <= _LARGEST:
        raise ValueError(f"{text[:20]} is too large a number")
    return value


def read_length(text: str) -> float:
    """Return a length in px, the units of the drawing. Raises ValueError, for per cents and units of type too."""
    text = text.strip()
    found = _LENGTH.fullmatch(text) if len(text) <= _LONGEST_NUMBER else None
    if found is None or found.group(2) not in _UNITS:
        raise ValueError(f'"{text[:20]}" is no length in px, pt, mm, cm or in')
    return read_number(found.group(1)) * _UNITS[found.group(2)]


def read_numbers(text: str) -> list[float]:
    """Return numbers between blanks or commas. Raises ValueError when anything else is there."""
    if _SEPARATED.sub("", text).strip(" \t\r\n,"):
        raise ValueError(f'"{text[:20]}" is no list of numbers')
    return [read_number(each) for each in _SEPARATED.findall(text)]


def read_transform(text: str) -> Matrix:
    """Return the matrix of a `transform` attribute. Raises ValueError."""
    matrix, position, steps = IDENTITY, 0, 0
    while found := _STEP.match(text, position):
        matrix = multiply(matrix, _read_step(found.group(1), read_numbers(found.group(2))))
        position, steps = found.end(), steps + 1
        if steps > _MOST_STEPS:
            raise ValueError(f"a transform of more than {_MOST_STEPS} steps")
    if text[position:].strip(" \t\r\n,"):
        raise ValueError(f'"{text[position : position + 20]}" is no transform')
    return matrix


def _read_step(name: str, values: list[float]) -> Matrix:
    count = len(values)
    if name == "matrix" and count == 6:
        a, b, c, d, e, f = values
        return (a, b, c, d, e, f)
    if name == "translate" and count in (1, 2):
        return (1, 0, 0, 1, values[0], values[1] if count == 2 else 0)
    if name == "scale" and count in (1, 2):
        return (values[0], 0, 0, values[-1], 0, 0)
    if name == "rotate" and count in (1, 3):
        cosine, sine = math.cos(math.radians(values[0])), math.sin(math.radians(values[0]))
        x, y = values[1:] if count == 3 else (0.0, 0.0)
        return (cosine, sine, -sine, cosine, x - cosine * x + sine * y, y - sine * x - cosine * y)
    if name in ("skewX", "skewY") and count == 1:
        slope = math.tan(math.radians(values[0]))
        return (1, 0, slope, 1, 0, 0) if name == "skewX" else (1, slope, 0, 1, 0, 0)
    raise ValueError(f"{name} with {count} numbers is no transform")


def multiply(outer: Matrix, inner: Matrix) -> Matrix:
    """Return the matrix that does `inner` first, then `outer`."""
    a, b, c, d, e, f = outer
    p, q, r, s, t, u = inner
    return (a * p + c * q, b * p + d * q, a * r + c * s, b * r + d * s, a * t + c * u + e, b * t + d * u + f)


def write_number(value: float, decimals: int) -> str:
    """Return a number as PDF text, never with an exponent."""
    text = f"{value:.{decimals}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def write_exact(value: float) -> str:
    """Return a number with seven significant digits as PDF text, never with an exponent."""
    digits = 7 - math.floor(math.log10(abs(value))) if value else 0
    return write_number(value, min(max(digits, 0), 14))
