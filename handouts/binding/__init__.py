"""PDFs read again: a clinic's own, safely, into sheets; finished handouts, to protect or join them. The room that knows pypdf."""

from handouts.binding.protection import protect
from handouts.binding.reading import read_sheet

__all__ = ["protect", "read_sheet"]
