"""ASCII85 is unpacked as Python does it, only faster."""

from __future__ import annotations

import base64
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.binding.ascii85 import unpack_ascii85


@given(st.binary(max_size=2_000), st.booleans(), st.sampled_from([0, 1, 76]))
def test_any_bytes_come_back(plain: bytes, framed: bool, wrapped: int) -> None:
    coded = base64.a85encode(plain, adobe=framed, wrapcol=wrapped)
    assert unpack_ascii85(coded) == plain
    assert unpack_ascii85(coded.removesuffix(b"~>") + b" ~>behind") == plain


@pytest.mark.parametrize("coded", [b"ab\x7fcd", b"uuuuu", b"abcdv"])
def test_what_is_none_is_refused(coded: bytes) -> None:
    with pytest.raises((ValueError, struct.error)):
        unpack_ascii85(coded)
