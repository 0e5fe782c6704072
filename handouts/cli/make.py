"""`handouts make`: one handout."""

from __future__ import annotations

from typing import Any

from handouts.cli.options import RequestArgument, with_document_options


@with_document_options("handout")
def make(request_file: RequestArgument = None, **asked: Any) -> None:
    """Make one handout.

    Give a request file, options, or both: options go over what the file says.

    \b
    Examples:
      handouts make --routine five-minute
      handouts make --profile extension --region lower-back --minutes 10
      handouts make --exercise cobra --dose "cobra: 3 x 10 s" --date today
    """  # noqa: D301 - \b keeps the lines of the examples apart
    from handouts.cli.one_document import make_one

    make_one("handout", request_file, asked)
