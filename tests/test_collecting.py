"""Where a system lacks what a test needs, the test is skipped; collecting the others goes on."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from gate.collection import FOLDER_VARIABLE

TESTS = Path(__file__).parent
NEED_UNIX = ("cli/test_injected.py", "test_attacks.py", "cli/test_batch_folder.py", "cli/test_lost_processes.py")
WITHOUT = """\
import signal, sys
sys.modules["resource"] = None
for name in ("SIGKILL", "SIGHUP", "pthread_sigmask"):
    delattr(signal, name)
import pytest
sys.exit(pytest.main(["--collect-only", "-q", "-p", "no:cacheprovider", *sys.argv[1:]]))
"""


def test_all_can_be_collected_without_what_only_unix_has() -> None:
    command = [sys.executable, "-c", WITHOUT, *NEED_UNIX]
    alone = {name: value for name, value in os.environ.items() if name != FOLDER_VARIABLE}
    ran = subprocess.run(command, cwd=TESTS, env=alone, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    for name in NEED_UNIX[1:]:
        assert f"{name}::test_" in ran.stdout
