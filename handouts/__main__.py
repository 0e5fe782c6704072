"""Lets `python -m handouts` do what `handouts` does."""

import sys

from handouts.cli import main

if __name__ == "__main__":
    sys.exit(main())
