"""The artists of both bodies, made once for all tests of the drawing room."""

from __future__ import annotations

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import pytest

from handouts.illustrate.artist import Artist, open_artist
from handouts.model import BODIES
from handouts.workspace import Workspace


@pytest.fixture(scope="session")
def artists() -> dict[str, Artist]:
    return {body: open_artist(Workspace(), body) for body in BODIES}


@pytest.fixture(scope="session")
def woman(artists: dict[str, Artist]) -> Artist:
    return artists["female"]
