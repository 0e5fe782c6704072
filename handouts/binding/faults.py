"""What can be wrong with a clinic's PDF, in a clinician's words, before it has a file name."""

from __future__ import annotations

from handouts.errors import InputError, Place, Problem


class SheetError(Exception):
    """The sheet can't be used: `message` completes "FILE: …", `hint` says what to do about it."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        self.message = message
        self.hint = hint
        super().__init__(message)

    def as_input_error(self, name: str) -> InputError:
        """The same fault for the user, placed in the file called `name`."""
        return InputError(Problem(message=self.message, place=Place(file=name), hint=self.hint))


PRINT_AGAIN = "print it to a new PDF and use that"


def damaged() -> SheetError:
    """The bytes claim to be a PDF but can't be read as one."""
    return SheetError("is damaged and can't be read as a PDF", "export it again from the program that made it")


def too_heavy(what: str) -> SheetError:
    """The sheet asks for more work than a printed page can need."""
    return SheetError(what, PRINT_AGAIN)
