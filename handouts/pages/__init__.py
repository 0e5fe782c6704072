"""Setting and placing: fonts, text, figures, pieces, cards and whole documents."""

from __future__ import annotations

import sys
from types import ModuleType

from handouts.pages.loading_late import load_late


def _close_reportlab() -> None:
    """Keep ReportLab from running what it finds elsewhere: it has to be called before ReportLab is imported.

    Why: on import it runs ~/.reportlab_mods and ~/.reportlab_settings, or modules of such names, as Python.
    """
    for name in ("reportlab_mods", "reportlab_settings"):
        sys.modules.setdefault(name, ModuleType(name))


_close_reportlab()
load_late()
