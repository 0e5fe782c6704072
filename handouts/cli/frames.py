"""Where an error happened, without what it says: its words may be a patient's."""

from __future__ import annotations

import traceback
from collections.abc import Iterator


def format_frames(error: BaseException) -> Iterator[str]:
    """The frames of an error and of those that led to it, as Python shows them, each with the type of its error only."""
    chain: list[BaseException] = []
    each: BaseException | None = error
    while each is not None and each not in chain:
        chain.append(each)
        each = each.__cause__ or (None if each.__suppress_context__ else each.__context__)
    for number, one in enumerate(reversed(chain)):
        if number:
            yield "\nwhich led to\n\n"
        yield "Traceback (most recent call last):\n"
        yield from traceback.format_tb(one.__traceback__)
        yield f"{type(one).__name__}\n"
