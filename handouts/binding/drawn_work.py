"""What single objects of a clinic's PDF cost each time they are drawn: functions, gradients, pictures, tiles.

Measured with PDFium, in fills of the page (effort.py).
"""

from __future__ import annotations

from pypdf.generic import ArrayObject, DictionaryObject, PdfObject, StreamObject

from handouts.binding.effort import NO_WORK, TINTED, Work
from handouts.binding.faults import too_heavy
from handouts.binding.geometry import box_of
from handouts.binding.streams import numbers, plain_bytes, resolved, whole_number

_SAMPLED, _CALCULATING = 0, 4  # types of functions: tables, and programs (ISO 32000-1, 7.10)
_STEP = 2  # what a byte of a program costs, in fills, where it colours the page
_LOOKUP = 50  # what each value that a table gives costs for each input, likewise
_MOST_INPUTS = 8  # of a table
_STEPPED = frozenset({2, 3})  # types of gradients along a line or between circles
_ONCE = 1 / 2_000  # what the functions of such a one cost: 256 colours are worked out, not one for each dot

_CORNER, _PATCH = 2, 43  # fills for a corner of a triangle, and for a curved patch
_MESHES = {4: (1, 2, 1, _CORNER), 5: (0, 2, 1, _CORNER), 6: (1, 16, 2, _PATCH), 7: (1, 24, 2, _PATCH)}
"""Types of gradients made of those: how many flags, coordinates and colours one has at least, and what it costs."""

_SMALLEST_TILE = 0.5  # points
_COPY = 5  # what it costs to cover the page with copies of a tile, in fills


def function_work(function: DictionaryObject) -> Work:
    """What a function costs where it works out the colour of each dot of the page."""
    kind = whole_number(function.get("/FunctionType"), -1)
    if kind == _CALCULATING and isinstance(function, StreamObject):
        return Work.of(len(plain_bytes(function)) * _STEP)
    inputs, outputs = (_length(function.get(key)) // 2 for key in ("/Domain", "/Range"))
    if inputs > _MOST_INPUTS:
        raise too_heavy(f"mixes colours of more than {_MOST_INPUTS} inks")
    return Work.of(inputs * outputs * _LOOKUP) if kind == _SAMPLED else NO_WORK


def tinted_dots(dots: int, colours: Work) -> Work:
    """A picture of so many dots, the colour of each worked out by functions that cost `colours`."""
    return Work(dots=colours.dots + dots * (1 + colours.painted / TINTED))


def mesh_work(shading: StreamObject) -> Work:
    """What the triangles or patches of a gradient cost: as many as its bytes can hold."""
    kind = whole_number(shading.get("/ShadingType"))
    flags, coordinates, colours, cost = _MESHES.get(kind, _MESHES[6])
    flag, coordinate, colour = (
        max(1, whole_number(shading.get(key))) for key in ("/BitsPerFlag", "/BitsPerCoordinate", "/BitsPerComponent")
    )
    size = (flags * flag + coordinates * coordinate + colours * colour + 7) // 8
    return Work.of(len(plain_bytes(shading)) // size * cost)


def colouring(resource: PdfObject | None, called: Work) -> Work:
    """The work of a pattern or gradient that calls such functions; of any other resource as it is."""
    if not isinstance(resource, DictionaryObject):
        return called
    shading = resolved(resource.get("/Shading", resource))
    stepped = isinstance(shading, DictionaryObject) and whole_number(shading.get("/ShadingType")) in _STEPPED
    return called.times(_ONCE) if stepped else called


def tiled(pattern: StreamObject, tile: Work) -> Work | None:
    """The work of painting with a pattern once; None where its tiles are too close together to be drawn in finite time."""
    steps = [resolved(pattern.get(key)) for key in ("/XStep", "/YStep")]
    across, up = (abs(float(step)) if isinstance(step, int | float) else 0.0 for step in steps)
    a, b, c, d, _, _ = numbers(pattern.get("/Matrix"), 6) or (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    longer = max(across * abs(complex(a, b)), up * abs(complex(c, d)))
    if not longer or abs(a * d - b * c) * across * up / longer < _SMALLEST_TILE:  # how far apart rows of them are
        return None
    box = box_of(pattern.get("/BBox"))
    overlaps = max(1.0, (box.right - box.left) / across) * max(1.0, (box.top - box.bottom) / up) if box else 1.0
    return tile.plus(Work.of(_COPY)).times(overlaps) if overlaps > 1 else tile


def _length(value: PdfObject | None) -> int:
    value = resolved(value)
    return len(value) if isinstance(value, ArrayObject) else 0
