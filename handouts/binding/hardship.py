"""What the graphics states and the drawings of a clinic's PDF mean for the work of painting."""

from __future__ import annotations

from pypdf.generic import ArrayObject, DictionaryObject, NameObject

from handouts.binding.effort import BLENDED, MASKED, TRANSPARENT
from handouts.binding.geometry import box_of, carried
from handouts.binding.metering import Surface
from handouts.binding.states import Hardship
from handouts.binding.streams import numbers, resolved

_PLAIN_MODES = frozenset({"/Normal", "/Compatible"})
_BLENDING = (
    "/Multiply /Screen /Overlay /Darken /Lighten /ColorDodge /ColorBurn /HardLight /SoftLight /Difference /Exclusion /Hue "
    "/Saturation /Color /Luminosity"
)
_MODES = _PLAIN_MODES | frozenset(_BLENDING.split())  # ISO 32000-1, tables 136 and 137
_FARTHEST = 1e9  # points


def hardship_of(state: DictionaryObject) -> Hardship:
    """What a graphics state says of painting; no cost, where it makes nothing harder any more, and nothing it does not say."""
    costs: dict[str, int] = {}
    for key in ("/ca", "/CA"):
        if key in state:
            opacity = resolved(state.get(key))
            costs[key] = 0 if isinstance(opacity, int | float) and opacity >= 1 else TRANSPARENT
    if "/BM" in state:
        costs["/BM"] = 0 if _mode_of(state) in _PLAIN_MODES else BLENDED
    if "/SMask" in state:
        costs["/SMask"] = 0 if str(resolved(state.get("/SMask"))) == "/None" else MASKED
    return Hardship(costs, lines="/LW" in state or "/ML" in state, dashed="/D" in state)


def _mode_of(state: DictionaryObject) -> str:
    """The blend mode; of a list the first one that is known (ISO 32000-1, 11.6.3)."""
    mode = resolved(state.get("/BM"))
    named = [str(resolved(each)) for each in mode] if isinstance(mode, ArrayObject) else [str(mode)]
    return next((name for name in named if name in _MODES), "")


def surface_of(drawing: DictionaryObject) -> Surface | None:
    """What a picture or a form covers; None for what is neither."""
    kind = str(resolved(drawing.get("/Subtype")))
    if kind == "/Image":
        through = "/SMask" in drawing or "/Mask" in drawing or "/SMaskInData" in drawing
        stencil = bool(getattr(resolved(drawing.get("/ImageMask")), "value", False))
        return Surface(is_picture=True, through=through, stencil=stencil)
    if kind != "/Form":
        return None
    box, matrix = box_of(drawing.get("/BBox")), numbers(drawing.get("/Matrix"), 6)
    if box is None or ("/Matrix" in drawing and matrix is None):
        return Surface(is_picture=False)
    if matrix is not None:
        a, b, c, d, e, f = matrix
        box = carried(box, (a, b, c, d, e, f))
    known = all(abs(side) < _FARTHEST for side in (box.left, box.bottom, box.right, box.top))
    return Surface(is_picture=False, box=box if known else None)


def is_group(form: DictionaryObject, *, isolated: bool = False) -> bool:
    """Whether a form is painted as one where it is transparent; `isolated`: on a surface of its own, wherever it is."""
    group = resolved(form.get("/Group"))
    if not isinstance(group, DictionaryObject) or resolved(group.get("/S")) != NameObject("/Transparency"):
        return False
    return not isolated or bool(getattr(resolved(group.get("/I")), "value", False))
