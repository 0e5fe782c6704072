"""What every test has: the accessibility gate at the end of the session. Sockets are off (see pyproject)."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import hypothesis
import pytest
from gate.collection import close_collection, open_collection, submit

GATE_MODULE = "test_gate.py"

# Why: the same examples each time; --hypothesis-profile=default looks for others.
hypothesis.settings.register_profile("suite", derandomize=True, deadline=None)
hypothesis.settings.load_profile("suite")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the golden pages anew instead of comparing with them")


def pytest_configure(config: pytest.Config) -> None:
    """Make the folder of the session before worker processes start, so that they share it."""
    if config.getoption("--update-golden") and os.environ.get("CI"):
        raise pytest.UsageError("--update-golden: golden pages are looked at by a person before they change, never made in CI")
    open_collection()


def pytest_unconfigure(config: pytest.Config) -> None:
    if "PYTEST_XDIST_WORKER" not in os.environ:
        close_collection()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The gate comes last: it looks at what the others made."""
    items.sort(key=lambda item: item.path.name == GATE_MODULE and item.path.parent.name == "zz_gate")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """With worker processes, no test can be the last: the gate runs here, in the process that started them."""
    if not session.config.getoption("numprocesses", None) or "PYTEST_XDIST_WORKER" in os.environ:
        return
    from zz_gate.test_gate import find_all_faults

    problems = find_all_faults()
    if problems:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
        reporter = session.config.pluginmanager.get_plugin("terminalreporter")
        if reporter is not None:
            reporter.write_line(f"\nAccessibility gate:\n{problems}", red=True)


@pytest.fixture(name="submit")
def submit_fixture() -> Callable[..., None]:
    """`submit(pdf)`, a path or bytes: hand a finished PDF to the gate."""
    return submit


@pytest.fixture
def failures() -> Path:
    """Where a failing comparison leaves its pictures and files."""
    folder = Path(__file__).parent / "failures"
    folder.mkdir(exist_ok=True)
    return folder
