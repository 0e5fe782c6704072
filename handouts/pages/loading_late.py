"""Loads parts of ReportLab, and what only they need, when they are first used: most handouts never use them.

Why: ReportLab loads all of itself with any part of it, tables, markup, the highlighting of Python and Pillow included. One
pattern that finds web addresses takes 20 ms to compile; all of it took a fifth of the time of `handouts make`.
"""

from __future__ import annotations

import sys
from importlib.util import find_spec, module_from_spec
from types import ModuleType
from typing import Any

_PARAGRAPH = "reportlab.platypus.paragraph"
_LATE = ("PIL.Image", "reportlab.platypus", _PARAGRAPH)


def load_late() -> None:
    """Let these modules be loaded when something in them is first asked for, unless they are there already.

    It has to be called before ReportLab is imported.
    """
    if any(name in sys.modules for name in _LATE):
        return
    for name in _LATE:
        _load_when_asked(name)
    paragraph = sys.modules[_PARAGRAPH]
    vars(paragraph)["Paragraph"] = None  # Why: doctemplate imports this name, and uses it in a trial of its own only
    import reportlab.platypus.doctemplate

    del paragraph.Paragraph, reportlab.platypus.doctemplate.Paragraph


def _load_when_asked(name: str) -> None:
    spec = find_spec(name)
    if spec is None or spec.loader is None:
        return
    module, loader = module_from_spec(spec), spec.loader

    def load(attribute: str) -> Any:
        if attribute.startswith("__") and attribute != "__all__":  # the import system looks whether it is a package, and the like
            raise AttributeError(f"module {name!r} has no attribute {attribute!r}")
        del module.__getattr__
        try:
            loader.exec_module(module)
        except BaseException:
            _set_loader(module, load)
            raise
        return getattr(module, attribute)

    _set_loader(module, load)
    sys.modules[name] = module
    parent, _, own = name.rpartition(".")
    setattr(sys.modules[parent], own, module)


def _set_loader(module: ModuleType, load: Any) -> None:
    vars(module)["__getattr__"] = load
