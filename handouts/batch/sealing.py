"""Hashes for the manifest that prove no guess at whose handout a protected file is.

Why: whoever has the manifest, or the protected file itself, could make the handout for one name after the other and compare.
"""

from __future__ import annotations

import hashlib
import hmac
from functools import cached_property

_SALT = b"handouts manifest"  # constant, so that the same batch has the same manifest
_COST, _BLOCK = 1 << 14, 8  # of scrypt (RFC 7914): 16 MB and some 50 ms for each guess at the password


class Seal:
    """Makes the hashes of a run: plain ones, or with a password ones that only this password gives again."""

    def __init__(self, password: str | None) -> None:
        self._password = password

    @property
    def is_keyed(self) -> bool:
        """Whether there is a password."""
        return self._password is not None

    def hash(self, content: bytes) -> str:
        """64 hexadecimal digits."""
        if self._password is None:
            return hashlib.sha256(content).hexdigest()
        return hmac.new(self._key, content, hashlib.sha256).hexdigest()

    @cached_property
    def _key(self) -> bytes:
        return hashlib.scrypt((self._password or "").encode(), salt=_SALT, n=_COST, r=_BLOCK, p=1, dklen=32)
