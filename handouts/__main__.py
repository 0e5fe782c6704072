"""Lets `python -m handouts` do what `handouts` does."""

import sys

INTERRUPTED = 130  # as ExitCode says, which is not loaded yet


def run() -> int:
    """Run the program. Why not `main` itself: Ctrl-C while it is being loaded is told in one line as well."""
    try:
        from handouts.cli import main

        return main()
    except KeyboardInterrupt:
        sys.stderr.write("interrupted\n")
        return INTERRUPTED


if __name__ == "__main__":
    sys.exit(run())
