"""Protects a finished handout with a password that keeps it printable and readable aloud, and proves protected ones."""

from __future__ import annotations

import hashlib
import logging
import re
import secrets
from collections.abc import Iterator
from io import BytesIO

from pypdf import PasswordType, PdfReader, PdfWriter
from pypdf._encryption import AlgV5
from pypdf.constants import UserAccessPermissions
from pypdf.generic import ArrayObject, ByteStringObject, DictionaryObject, IndirectObject, PdfObject

from handouts.errors import InputError, Problem

# Why: pypdf tells its repairs to a logger, which Python prints when nobody listens.
logging.getLogger("pypdf").addHandler(logging.NullHandler())

_ALLOWED = (
    UserAccessPermissions.PRINT
    | UserAccessPermissions.PRINT_TO_REPRESENTATION
    | UserAccessPermissions.EXTRACT
    | UserAccessPermissions.EXTRACT_TEXT_AND_GRAPHICS
)
_RESERVED = UserAccessPermissions.from_dict({})  # bits that must be 1 (ISO 32000-1, table 22)

# What differs between two protections of a file: the content of streams, and strings, which pypdf writes in hexadecimal.
_STRING = rb"<[0-9a-f]{32,}+>"
_ENCRYPTED = re.compile(rb"\nstream\n.*?\nendstream\n|" + _STRING, re.DOTALL)
_ENCRYPTED_STRING = re.compile(_STRING)
_STREAM_END = b"\nendstream\n"


def protect(pdf: bytes, *, user_password: str, owner_password: str | None = None) -> bytes:
    """`pdf` encrypted with AES-256 (revision 6, ISO 32000-2, 7.6.4.4).

    Printing, copying text and reading aloud stay allowed (PDF/UA-1 asks for the last, ISO 14289-1, 7.16); changing needs the
    owner's password, by default the user's. Not reproducible: the key is random by design, and so is the identifier,
    which stays readable: a hash of the content would prove a guess at whose handout it is.
    """
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf)))
    writer.encrypt(user_password, owner_password, permissions_flag=_ALLOWED | _RESERVED, algorithm="AES-256")
    writer._ID = ArrayObject([ByteStringObject(secrets.token_bytes(16))] * 2)  # noqa: SLF001 - there is no other way (pypdf 7.1)
    written = BytesIO()
    writer.write(written)
    return written.getvalue()


def hash_content(pdf: bytes, *, password: str) -> str:
    """The SHA-256 of what a file made by `protect` protects: equal for every protection of a handout, whatever key it drew.

    Goes over all objects by number, decrypted, as PDF text, and over all of the file that is not encrypted.

    Raises:
        InputError: the password does not open it, or it is damaged.

    """
    try:
        reader = PdfReader(BytesIO(pdf), strict=True)
        opened = _is_sound(reader, password) and reader.decrypt(password) == PasswordType.OWNER_PASSWORD
        digest = hashlib.sha256(_readable(pdf))
        for number, value in _list_objects(reader) if opened else ():
            written = BytesIO()
            value.write_to_stream(written)
            digest.update(b"%d %d\n" % (number, written.tell()))
            digest.update(written.getvalue())
    except Exception as fault:  # Why: pypdf raises nearly every type of error on damaged files.
        raise InputError(Problem(message="the file is damaged")) from fault
    if not opened:
        raise InputError(Problem(message="the password does not open it"))
    return digest.hexdigest()


def _readable(pdf: bytes) -> bytes:
    """What of the file is not encrypted, and the lengths of what is.

    Why in two parts: behind the last end of a stream, each beginning of one would be searched for its end in vain.
    """
    end = pdf.rfind(_STREAM_END) + len(_STREAM_END) if _STREAM_END in pdf else 0

    def length(found: re.Match[bytes]) -> bytes:
        return b"%d" % len(found[0])

    return _ENCRYPTED.sub(length, pdf[:end]) + _ENCRYPTED_STRING.sub(length, pdf[end:])


def _is_sound(reader: PdfReader, password: str) -> bool:
    """Whether the password opens the file both as its user's and as its owner's, and nothing said of its protection is damaged.

    Why pypdf's insides: it stops at the first of the two that opens, and lets damaged permissions pass (7.1).
    """
    protection = reader._encryption  # noqa: SLF001
    if protection is None:
        return False
    written, said = protection._encode_password(password), protection.values  # noqa: SLF001
    owner = AlgV5.verify_owner_password(protection.R, written, said.O, said.OE, said.U)
    if not owner or owner != AlgV5.verify_user_password(protection.R, written, said.U, said.UE):
        return False
    return AlgV5.verify_perms(owner, said.Perms, protection.P, protection.EncryptMetadata)


def _list_objects(reader: PdfReader) -> Iterator[tuple[int, PdfObject]]:
    """All objects of the file but the one that says how it is protected, and its tables of places, by number."""
    protection = reader.trailer.raw_get("/Encrypt")
    numbers = {number for table in reader.xref.values() for number in table} | set(reader.xref_objStm)
    for number in sorted(numbers):
        if isinstance(protection, IndirectObject) and number == protection.idnum:
            continue
        value = IndirectObject(number, 0, reader).get_object()
        if value is not None and not (isinstance(value, DictionaryObject) and value.get("/Type") in ("/XRef", "/ObjStm")):
            yield number, value
