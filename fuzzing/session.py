"""One target under atheris: `python -m fuzzing.session TARGET SECONDS CORPUS FINDS`; `python -m fuzzing` starts it."""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["handouts", "yaml", "pypdf"]):
    from fuzzing.targets import TARGETS

from fuzzing.watching import Watch

_SLACK = 4.0  # an instrumented program is so many times slower, and others may be at work on this machine
_HANGS = 60  # seconds after which libFuzzer ends the process


def main(name: str, seconds: str, corpus: str, finds: str) -> None:
    """Fuzz one target; never returns."""
    target = TARGETS[name]
    watch = Watch(target=target.run, folder=Path(finds), slack=_SLACK)
    words = Path(finds) / "words.dict"
    words.write_text("".join(f'"{_escaped(word)}"\n' for word in target.words), encoding="utf-8")
    for content in target.seeds():  # also loads what is loaded late, so that no single run seems to hold it
        watch.run(content)
    atheris.Setup(
        [
            sys.argv[0],
            f"-max_total_time={seconds}",
            f"-timeout={_HANGS}",
            "-rss_limit_mb=4000",
            f"-dict={words}",
            f"-artifact_prefix={finds}/",
            corpus,
        ],
        watch.run,
    )
    atheris.Fuzz()


def _escaped(word: str) -> str:
    return "".join(char if char.isalnum() else f"\\x{ord(char):02x}" for char in word)


if __name__ == "__main__":
    main(*sys.argv[1:])
