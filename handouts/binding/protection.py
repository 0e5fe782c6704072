"""Protects a finished handout with a password that keeps it printable and readable aloud."""

from __future__ import annotations

from io import BytesIO

from pypdf import PdfReader, PdfWriter
from pypdf.constants import UserAccessPermissions

_ALLOWED = (
    UserAccessPermissions.PRINT
    | UserAccessPermissions.PRINT_TO_REPRESENTATION
    | UserAccessPermissions.EXTRACT
    | UserAccessPermissions.EXTRACT_TEXT_AND_GRAPHICS
)
_RESERVED = UserAccessPermissions.from_dict({})  # bits that must be 1 (ISO 32000-1, table 22)


def protect(pdf: bytes, *, user_password: str, owner_password: str | None = None) -> bytes:
    """`pdf` encrypted with AES-256 (revision 6, ISO 32000-2, 7.6.4.4).

    Printing, copying text and reading aloud stay allowed (PDF/UA-1 asks for the last, ISO 14289-1, 7.16); changing needs the
    owner's password, by default the user's. Not reproducible: the key is random by design.
    """
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf)))
    writer.encrypt(user_password, owner_password, permissions_flag=_ALLOWED | _RESERVED, algorithm="AES-256")
    written = BytesIO()
    writer.write(written)
    return written.getvalue()
