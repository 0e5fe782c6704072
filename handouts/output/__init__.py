"""Atomic writes: a file is there whole or not at all, and what was there stays until the new one is whole."""

from handouts.output.folders import cannot_make, make_folders, remove_folders
from handouts.output.grouping import WriteGroup
from handouts.output.reasons import reason_of
from handouts.output.signals import leave_signals_to_parent, undisturbed
from handouts.output.staging import HIDDEN
from handouts.output.writing import open_atomically, write_atomically, write_new, write_together

__all__ = [
    "HIDDEN",
    "WriteGroup",
    "cannot_make",
    "leave_signals_to_parent",
    "make_folders",
    "open_atomically",
    "reason_of",
    "remove_folders",
    "undisturbed",
    "write_atomically",
    "write_new",
    "write_together",
]
