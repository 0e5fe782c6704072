"""The check that the same input gives the same bytes."""

from __future__ import annotations

from collections.abc import Iterator

from handouts.nouns import dataclass
from handouts.quality.remarks import Check, Flaw, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Twins:
    """One request built twice."""

    first: bytes
    second: bytes


def find_difference(twins: Twins) -> Iterator[Flaw]:
    """A6: two builds of one request, before any protection."""
    if twins.first != twins.second:
        at = next((place for place, pair in enumerate(zip(twins.first, twins.second, strict=False)) if pair[0] != pair[1]), None)
        where = f"from byte {at} on" if at is not None else "in length"
        yield Flaw(message=f"built twice, the file differs {where}", hint="report it: the same input must give the same file")


TWINS_CHECK: Check[Twins] = Check(
    id="A6",
    severity=Severity.ERROR,
    what="The same input gives the same bytes.",
    source="records can be rebuilt",
    find=find_difference,
)
