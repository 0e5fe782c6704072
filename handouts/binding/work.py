"""What drawing costs a viewer: how much there is to do, and how much harder transparency makes it."""

from __future__ import annotations

from pypdf.generic import ArrayObject, DictionaryObject, PdfObject

from handouts.binding.faults import too_heavy
from handouts.binding.redrawing import MOST_PAINTED, paints_too_much
from handouts.binding.streams import resolved
from handouts.nouns import dataclass

MOST_DRAWN = 5_000_000  # instructions a viewer carries out, repeated drawings counted each time
MOST_INVOCATIONS = 2_000
MOST_DRAWN_DOTS = 1_000_000_000  # of all pictures, each as often as it is drawn
_TRANSPARENT, _BLENDED = 3, 150  # times harder than to paint the whole page on bare paper: PDFium takes 5 and 150 times
_BLEND_MODES = frozenset(
    (
        "/Normal", "/Compatible", "/Multiply", "/Screen", "/Overlay", "/Darken", "/Lighten", "/ColorDodge", "/ColorBurn",
        "/HardLight", "/SoftLight", "/Difference", "/Exclusion", "/Hue", "/Saturation", "/Color", "/Luminosity",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Work:
    """What drawing something once costs a viewer: drawings it calls, itself included, instructions, fills, dots of pictures.

    `painted` counts fills that are harder than on bare paper as many, `fills` all alike.
    """

    invocations: int = 0
    operators: int = 0
    painted: float = 0
    fills: float = 0
    dots: int = 0

    def __add__(self, other: Work) -> Work:
        return Work(
            self.invocations + other.invocations,
            self.operators + other.operators,
            self.painted + other.painted,
            self.fills + other.fills,
            self.dots + other.dots,
        )

    def times(self, times: int, strain: int) -> Work:
        """The same so many times; `strain`: the times, harder ones counted as many. What is hard by itself is not hard twice."""
        painted = max(self.painted * times, self.fills * strain)
        return Work(self.invocations * times, self.operators * times, painted, self.fills * times, self.dots * times)

    def composed(self, times: int, strain: int) -> Work:
        """As `times`, of a group: it is painted as if on bare paper, then as a whole onto the page (ISO 32000-1, 11.6.6)."""
        fills = self.fills * times + times
        return Work(self.invocations * times, self.operators * times, self.painted * times + strain, fills, self.dots * times)


NO_WORK = Work()


def filled(fills: float) -> Work:
    """The work of so many fills on bare paper."""
    return Work(painted=fills, fills=fills)


def check_work(work: Work) -> None:
    """Raise SheetError where a viewer would work for minutes."""
    if work.invocations > MOST_INVOCATIONS:
        raise too_heavy(f"repeats drawings more than {MOST_INVOCATIONS} times")
    if work.operators > MOST_DRAWN:
        raise too_heavy("repeats drawings with too many strokes")
    if work.painted > MOST_PAINTED:
        raise paints_too_much()
    if work.dots > MOST_DRAWN_DOTS:
        raise too_heavy(f"draws pictures of more than {MOST_DRAWN_DOTS // 1_000_000} million dots in all")


def strains_of(state: DictionaryObject) -> dict[str, int]:
    """How many times harder a graphics state makes painting, by cause; nothing for what it does not say."""
    found: dict[str, int] = {}
    for key in ("/ca", "/CA"):
        if key in state:
            opacity = resolved(state.get(key))
            found[key] = 1 if isinstance(opacity, int | float) and opacity >= 1 else _TRANSPARENT
    if "/BM" in state:
        found["/BM"] = 1 if _blend_mode(state.get("/BM")) in ("/Normal", "/Compatible") else _BLENDED
    if "/SMask" in state:
        found["/SMask"] = 1 if str(resolved(state.get("/SMask"))) == "/None" else _BLENDED
    return found


def _blend_mode(value: PdfObject | None) -> str:
    """The name; of several the first that a viewer knows counts (ISO 32000-1, 11.6.3)."""
    found = resolved(value)
    names = [str(resolved(each)) for each in found] if isinstance(found, ArrayObject) else [str(found)]
    return next((name for name in names if name in _BLEND_MODES), "/Normal" if isinstance(found, ArrayObject) else names[0])
