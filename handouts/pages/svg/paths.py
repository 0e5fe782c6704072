"""Outlines: path data and the basic shapes of SVG as moves, lines and Bézier curves."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from typing import TypeAlias

from handouts.pages.svg.numbers import NUMBER, read_length, read_number, read_numbers

Segment: TypeAlias = tuple[str, tuple[float, ...]]
"""A PDF path operator (m, l, c, h) with its absolute coordinates."""

_COUNTS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7, "Z": 0}
_FLAGS = (3, 4)  # of an arc: may be written without blanks
_BLANK = re.compile(r"[\s,]*")
_NUMBER = re.compile(NUMBER)
_ROUND = 4 / 3 * (math.sqrt(2) - 1)  # where the handles of a quarter of a circle are


def read_outline(name: str, attributes: Mapping[str, str]) -> Iterator[Segment]:
    """The segments of one drawing element. Raises ValueError."""
    if name == "path":
        yield from read_path(attributes.get("d", ""))
    elif name in ("polyline", "polygon"):
        yield from _read_polygon(attributes.get("points", ""), closed=name == "polygon")
    elif name == "line":
        x1, y1, x2, y2 = (_length(attributes, key) for key in ("x1", "y1", "x2", "y2"))
        yield "m", (x1, y1)
        yield "l", (x2, y2)
    elif name == "rect":
        yield from _read_rectangle(attributes)
    elif name in ("circle", "ellipse"):
        across = _length(attributes, "r" if name == "circle" else "rx")
        up = _length(attributes, "r" if name == "circle" else "ry")
        if across > 0 and up > 0:
            yield from _ellipse(_length(attributes, "cx"), _length(attributes, "cy"), across, up)


def _length(attributes: Mapping[str, str], key: str) -> float:
    return read_length(attributes[key]) if key in attributes else 0.0


def _read_polygon(points: str, *, closed: bool) -> Iterator[Segment]:
    numbers = read_numbers(points)
    pairs = list(zip(numbers[::2], numbers[1::2], strict=False))
    for index, pair in enumerate(pairs):
        yield "l" if index else "m", pair
    if closed and pairs:
        yield "h", ()


def _read_rectangle(attributes: Mapping[str, str]) -> Iterator[Segment]:
    x, y, width, height = (_length(attributes, key) for key in ("x", "y", "width", "height"))
    if width <= 0 or height <= 0:
        return
    rx, ry = (max(0.0, read_length(text)) if (text := attributes.get(key, "auto")) != "auto" else None for key in ("rx", "ry"))
    across, up = (rx if rx is not None else ry) or 0.0, (ry if ry is not None else rx) or 0.0
    across, up = min(across, width / 2), min(up, height / 2)
    right, bottom = x + width, y + height
    if not across or not up:
        yield from (("m", (x, y)), ("l", (right, y)), ("l", (right, bottom)), ("l", (x, bottom)), ("h", ()))
        return
    a, u = across * (1 - _ROUND), up * (1 - _ROUND)
    yield "m", (x + across, y)
    yield "l", (right - across, y)
    yield "c", (right - a, y, right, y + u, right, y + up)
    yield "l", (right, bottom - up)
    yield "c", (right, bottom - u, right - a, bottom, right - across, bottom)
    yield "l", (x + across, bottom)
    yield "c", (x + a, bottom, x, bottom - u, x, bottom - up)
    yield "l", (x, y + up)
    yield "c", (x, y + u, x + a, y, x + across, y)
    yield "h", ()


def _ellipse(x: float, y: float, across: float, up: float) -> Iterator[Segment]:
    a, u = across * _ROUND, up * _ROUND
    yield "m", (x + across, y)
    yield "c", (x + across, y + u, x + a, y + up, x, y + up)
    yield "c", (x - a, y + up, x - across, y + u, x - across, y)
    yield "c", (x - across, y - u, x - a, y - up, x, y - up)
    yield "c", (x + a, y - up, x + across, y - u, x + across, y)
    yield "h", ()


def read_path(data: str) -> Iterator[Segment]:
    """The segments of path data (SVG 2, 9.3). Raises ValueError at the first thing that is no path data."""
    x = y = start_x = start_y = 0.0
    handle: tuple[str, float, float] | None = None  # kind and place of the last curve's second handle
    for command, values in _read_commands(data):
        kind, relative = command.upper(), command.islower()
        if kind == "Z":
            yield "h", ()
            x, y, handle = start_x, start_y, None
            continue
        at = _absolute(kind, values, x, y) if relative else values
        before, handle = handle, None
        if kind == "A":
            yield from _arc(x, y, *at)
        elif kind in "ML":
            yield kind.lower(), (at[0], at[1])
        elif kind in "HV":
            at = (at[0], y) if kind == "H" else (x, at[0])
            yield "l", (at[0], at[1])
        elif kind in "CS":
            first = (at[0], at[1]) if kind == "C" else _mirrored(before, "C", x, y)
            yield "c", (*first, *at[-4:])
            handle = ("C", at[-4], at[-3])
        else:  # Q and T
            handle = ("Q", *((at[0], at[1]) if kind == "Q" else _mirrored(before, "Q", x, y)))
            _, over_x, over_y = handle
            first = (x + (over_x - x) * 2 / 3, y + (over_y - y) * 2 / 3)
            second = (at[-2] + (over_x - at[-2]) * 2 / 3, at[-1] + (over_y - at[-1]) * 2 / 3)
            yield "c", (*first, *second, at[-2], at[-1])
        x, y = at[-2], at[-1]
        if kind == "M":
            start_x, start_y = x, y


def _mirrored(handle: tuple[str, float, float] | None, kind: str, x: float, y: float) -> tuple[float, float]:
    """The handle that goes on smoothly from the last curve, when that was of the same kind."""
    return (2 * x - handle[1], 2 * y - handle[2]) if handle is not None and handle[0] == kind else (x, y)


def _absolute(kind: str, values: tuple[float, ...], x: float, y: float) -> tuple[float, ...]:
    if kind in "HV":
        return (values[0] + (x if kind == "H" else y),)
    fixed = 5 if kind == "A" else 0  # radii, turn and flags of an arc are no points
    return values[:fixed] + tuple(value + (y if index % 2 else x) for index, value in enumerate(values[fixed:]))


def _read_commands(data: str) -> Iterator[tuple[str, tuple[float, ...]]]:
    position = _skip(data, 0)
    command, begun = "", False
    while position < len(data):
        letter = data[position]
        if letter.upper() in _COUNTS:
            command, position = letter, _skip(data, position + 1)
        elif not command or command in "Zz":
            raise ValueError(f'path data cannot go on with "{data[position : position + 12]}"')
        if not begun and command not in "Mm":
            raise ValueError("path data begins without a move (M)")
        begun = True
        values = []
        for index in range(_COUNTS[command.upper()]):
            value, position = _read_value(data, position, flag=command in "Aa" and index in _FLAGS)
            values.append(value)
        yield command, tuple(values)
        if command in "Mm":
            command = "L" if command == "M" else "l"


def _read_value(data: str, position: int, *, flag: bool) -> tuple[float, int]:
    if flag and data[position : position + 1] in ("0", "1"):
        return float(data[position]), _skip(data, position + 1)
    found = None if flag else _NUMBER.match(data, position)
    if found is None:
        raise ValueError(f'path data has no number at "{data[position : position + 12]}"')
    return read_number(found.group()), _skip(data, found.end())


def _skip(data: str, position: int) -> int:
    found = _BLANK.match(data, position)
    return found.end() if found else position


def _arc(x1: float, y1: float, *values: float) -> Iterator[Segment]:
    """An elliptical arc as curves of at most a quarter turn (SVG 2, appendix B.2)."""
    rx, ry, turn, large, sweep, x2, y2 = values
    rx, ry = abs(rx), abs(ry)
    if not rx or not ry or (x1, y1) == (x2, y2):
        yield "l", (x2, y2)
        return
    cosine, sine = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    half_x, half_y = (x1 - x2) / 2, (y1 - y2) / 2
    u, v = cosine * half_x + sine * half_y, cosine * half_y - sine * half_x
    spread = (u / rx) ** 2 + (v / ry) ** 2
    if spread > 1:  # the radii are too small to reach
        rx, ry, spread = rx * math.sqrt(spread), ry * math.sqrt(spread), 1.0
    factor = math.sqrt(max(0.0, 1 / spread - 1)) * (-1 if bool(large) == bool(sweep) else 1)
    middle_u, middle_v = factor * rx * v / ry, -factor * ry * u / rx
    begin = math.atan2((v - middle_v) / ry, (u - middle_u) / rx)
    extent = math.atan2((-v - middle_v) / ry, (-u - middle_u) / rx) - begin
    if sweep and extent < 0:
        extent += 2 * math.pi
    elif not sweep and extent > 0:
        extent -= 2 * math.pi
    middle_x = cosine * middle_u - sine * middle_v + (x1 + x2) / 2
    middle_y = sine * middle_u + cosine * middle_v + (y1 + y2) / 2

    def place(across: float, up: float) -> tuple[float, float]:
        return middle_x + cosine * rx * across - sine * ry * up, middle_y + sine * rx * across + cosine * ry * up

    parts = max(1, math.ceil(abs(extent) / (math.pi / 2) - 1e-9))
    step = extent / parts
    reach = 4 / 3 * math.tan(step / 4)
    for part in range(parts):
        a, b = begin + part * step, begin + (part + 1) * step
        first = place(math.cos(a) - reach * math.sin(a), math.sin(a) + reach * math.cos(a))
        second = place(math.cos(b) + reach * math.sin(b), math.sin(b) - reach * math.cos(b))
        last = (x2, y2) if part == parts - 1 else place(math.cos(b), math.sin(b))
        yield "c", (*first, *second, *last)
