"""A clinic's own PDFs: read safely into sheets, and finished handouts protected. The only room that knows pypdf."""

from handouts.binding.protection import protect
from handouts.binding.reading import read_sheet

__all__ = ["protect", "read_sheet"]
