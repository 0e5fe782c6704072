"""Runs commands one after the other, each in a fork of this process, with bounded time and memory: quick, and as from a shell.

Bounded is what the process does, not the clock: a busy machine changes nothing.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

SECONDS = 12  # of the processor: six times what an attack may take
MEMORY = 300_000_000  # bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How a command ended (below 0: by which signal), what it said, and the most memory it had, in bytes."""

    code: int
    out: str
    err: str
    memory: int


class Server:
    """The other end; use it in a `with`."""

    def __enter__(self) -> Self:
        here = Path(__file__).resolve().parent.parent
        command = [sys.executable, "-c", "from attacks.serving import serve; serve()"]
        self._process = subprocess.Popen(
            command, cwd=here, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(here)}
        )
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()

    def run(self, words: tuple[str, ...], folder: Path) -> Ended:
        """Run `handouts` with these words in the folder."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        with tempfile.TemporaryDirectory() as beside:
            asked = {"words": words, "folder": str(folder), "beside": beside}
            self._process.stdin.write(json.dumps(asked).encode() + b"\n")
            self._process.stdin.flush()
            code, memory = json.loads(self._process.stdout.readline())
            out, err = (Path(beside, name).read_text("utf-8", "surrogateescape") for name in ("out", "err"))
        return Ended(code=code, out=out, err=err, memory=memory)


def serve() -> None:
    """Answer until nobody asks any more."""
    import handouts.binding.reading
    import handouts.build
    import handouts.cli.one_document
    import handouts.pages.handout
    import handouts.pages.photos
    import handouts.pages.svg.reading
    import handouts.writer.handout  # noqa: F401 - so that each fork has them

    for line in sys.stdin.buffer:
        asked = json.loads(line)
        pid = os.fork()
        if not pid:
            os._exit(_run(asked))
        _, status, usage = os.wait4(pid, 0)
        sys.stdout.write(json.dumps([os.waitstatus_to_exitcode(status), usage.ru_maxrss * 1024]) + "\n")
        sys.stdout.flush()


def _run(asked: dict[str, str]) -> int:
    import resource  # here, so that what needs it can be collected where there is none

    from handouts.cli import main

    os.chdir(asked["folder"])
    for name, stream in (("out", 1), ("err", 2)):
        handle = os.open(Path(asked["beside"], name), os.O_CREAT | os.O_WRONLY, 0o600)
        os.dup2(handle, stream)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    code = main(list(asked["words"]))
    sys.stdout.flush()
    sys.stderr.flush()
    return code
