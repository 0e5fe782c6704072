"""Lets `python -m handouts` do what `handouts` does."""

import gc
import sys

_ENOUGH = 100_000
"""Objects made and not yet given back before Python looks for circles among them, a few MB. Why so many: at 700, as it is by
itself, it looks through all that was loaded dozens of times before the first page, a tenth of the time of one handout."""
INTERRUPTED = 130  # as ExitCode says, which is not loaded yet


def run() -> int:
    """Run the program. Why not `main` itself: Ctrl-C while it is being loaded is told in one line as well."""
    gc.set_threshold(_ENOUGH)
    try:
        from handouts.cli import main

        return main()
    except KeyboardInterrupt:
        sys.stderr.write("interrupted\n")
        return INTERRUPTED
    finally:
        gc.freeze()  # else Python looks through all of it once more when it ends, an eighth of the time of one handout


if __name__ == "__main__":
    sys.exit(run())
