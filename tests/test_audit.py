"""What the program touches: the workspace, the inputs named, the output named, and itself. No socket, no other program."""

from __future__ import annotations

import json
import os
import re
import site
import subprocess
import sys
import sysconfig
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from attacks.pdf_active import ACTIVE
from attacks.pictures import DRAWINGS, saved
from binding import samples
from own_exercise import SVG
from PIL import Image

from handouts.workspace import builtin_root

_HERE = Path(__file__).resolve().parent
_ITSELF = tuple(
    Path(each).resolve()
    for each in (
        *(sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")),
        *site.getsitepackages(),
        sys.prefix,
        sys.base_prefix,
        builtin_root(),
    )
)
# Devices, the time zone, the names of folders of fonts (never a font), and how much memory this process has.
_LOOKED_AT = (
    "/dev/null",
    "/dev/urandom",
    "/etc/localtime",
    "/etc/timezone",
    "/usr/share/zoneinfo",
    "/usr/share/fonts",
    "/proc/self",
)
_SYSTEM = tuple(map(Path, _LOOKED_AT))


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """What one command read and wrote of this test's folders, and what it started or asked the network."""

    code: int
    err: str
    read: set[str]
    written: set[str]
    other: list[str]


Audit = Callable[..., Touched]


def _is_itself(path: Path) -> bool:
    """The program, its libraries, and what Python looks at of the system."""
    return any(path.is_relative_to(folder) or folder.is_relative_to(path) for folder in (*_ITSELF, *_SYSTEM))


@pytest.fixture(name="audit")
def audit_fixture(tmp_path: Path) -> Audit:
    """`audit("make", …)` in the folder `here`; paths are told from `tmp_path`."""
    here = tmp_path / "here"
    here.mkdir()

    def run(*words: str) -> Touched:
        report = tmp_path / "report.json"
        path = os.pathsep.join([str(_HERE), str(builtin_root())])
        ran = subprocess.run(
            [sys.executable, "-m", "attacks.audited", str(report), *words],
            cwd=here, env={**os.environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"}, capture_output=True, text=True,
            check=False,
        )  # fmt: skip
        read, written, other = set(), set(), []
        for what, said in json.loads(report.read_text()):
            path = Path(said)
            if what not in ("read", "write"):
                other.append(said)
            elif path.is_relative_to(tmp_path):
                (read if what == "read" else written).add(path.relative_to(tmp_path).as_posix())
            elif what == "write" or not _is_itself(path):
                (read if what == "read" else written).add(said)
        return Touched(code=ran.returncode, err=ran.stderr, read=read, written=written - {"/dev/null"}, other=other)

    return run


def _hidden(paths: set[str]) -> set[str]:
    """The paths with the names of temporary files made alike."""
    return {re.sub(r"(^|/)\.handouts-[^/]*", r"\1.handouts-*", path) for path in paths}


def _fill(folder: Path) -> None:
    """A workspace with a clinic that has a logo and a letterhead, and pictures of its own; beside it, what nobody named."""
    clinic = folder / "assets/clinics/ours"
    clinic.mkdir(parents=True)
    (folder / "handouts.yaml").write_text("country: gb\nclinic: ours\n")
    (clinic / "clinic.yaml").write_text("id: ours\nname: Ours\nphone: 01632 960000\nlogo: logo.png\nletterhead: paper.pdf\n")
    (clinic / "logo.png").write_bytes(saved(Image.new("RGB", (90, 30), "navy"), "PNG"))
    (clinic / "paper.pdf").write_bytes(samples.plain())
    (clinic / "other.pdf").write_bytes(samples.plain())
    (folder / "assets/figures").mkdir()
    (folder / "assets/figures/childs-pose.end.svg").write_text(
        f'<svg xmlns="{SVG}" viewBox="0 0 40 30"><rect width="9" height="9"/></svg>'
    )
    (folder / "assets/figures/childs-pose.start.jpg").write_bytes(saved(Image.new("RGB", (300, 200), "grey"), "JPEG"))
    (folder.parent / "secret.yaml").write_text("secret: true\n")
    (folder / "secret.pdf").write_bytes(b"%PDF")


CLINIC = "here/assets/clinics/ours"
_NEVER_READ = {"secret.yaml", "here/secret.pdf", f"{CLINIC}/other.pdf"}


def assert_bounded(touched: Touched, written: set[str], *, started: int = 0) -> None:
    """Nothing outside was read, nothing else written, no other program started, no socket opened."""
    assert {path for path in touched.read if not path.startswith("here/") and path not in ("here", ".")} == set()
    assert not _NEVER_READ & touched.read
    assert _hidden(touched.written) == written
    assert len(touched.other) == started
    assert all(sys.executable in each for each in touched.other)


def test_a_handout_touches_what_is_named(audit: Audit, tmp_path: Path, submit: Callable[..., None]) -> None:
    _fill(tmp_path / "here")
    touched = audit("make", "--exercise", "childs-pose", "--cover", "generated", "-o", "../made.pdf", "--save", "plan.yaml")
    assert touched.code == 0, touched.err
    assert_bounded(touched, {"made.pdf", ".handouts-*", "here/plan.yaml", "here/.handouts-*"})
    figures = "here/assets/figures/childs-pose"
    assert {f"{CLINIC}/paper.pdf", f"{figures}.end.svg", f"{figures}.start.jpg"} <= touched.read
    submit(tmp_path / "made.pdf")


def test_nothing_in_the_home_folder_is_run(
    audit: Audit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, submit: Callable[..., None]
) -> None:
    for name in (".reportlab_mods", ".reportlab_settings"):
        (tmp_path / name).write_text(f"open({str(tmp_path / 'ran')!r}, 'w').close()\n")
    monkeypatch.setenv("HOME", str(tmp_path))
    touched = audit("make", "--exercise", "childs-pose", "-o", "made.pdf")
    assert touched.code == 0, touched.err
    assert_bounded(touched, {"here/made.pdf", "here/.handouts-*"})
    assert not (tmp_path / "ran").exists()
    submit(tmp_path / "here/made.pdf")


def test_a_hostile_cover_and_drawing_reach_nothing(audit: Audit, tmp_path: Path) -> None:
    here = tmp_path / "here"
    _fill(here)
    (here / "cover.pdf").write_bytes(ACTIVE["picture in another file"]())
    (here / "assets/figures/childs-pose.start.jpg").unlink()
    (here / "assets/figures/childs-pose.end.svg").write_bytes(DRAWINGS["outer DTD"]())
    touched = audit("make", "--exercise", "childs-pose", "--cover", "cover.pdf", "-o", "made.pdf")
    assert touched.code == 3
    assert_bounded(touched, set())


def test_a_batch_touches_what_is_named(audit: Audit, tmp_path: Path, submit: Callable[..., None]) -> None:
    here = tmp_path / "here"
    _fill(here)
    (here / "patients.csv").write_text("exercise;letterhead\nchilds-pose;none\n")
    touched = audit("batch", "patients.csv", "--out", "out", "--merge", "print.pdf", "--jobs", "1")
    assert touched.code == 0, touched.err
    made = {"out", "out/patients-001.pdf", "out/manifest.jsonl", "out/.handouts-*", "print.pdf", ".handouts-*"}
    assert_bounded(touched, {f"here/{name}" for name in made})
    assert f"{CLINIC}/logo.png" in touched.read
    submit(here / "print.pdf")
    submit(here / "out/patients-001.pdf")


def test_a_check_touches_what_is_named(audit: Audit, tmp_path: Path) -> None:
    (tmp_path / "here/given.pdf").write_bytes(samples.plain())
    (tmp_path / "secret.yaml").write_text("secret: true\n")
    touched = audit("check", "given.pdf", "--html", "report.html")
    assert touched.code == 3
    assert_bounded(touched, {"here/report.html", "here/.handouts-*"}, started=1)  # itself, to measure apart
    _fill(tmp_path / "here/clinic")
    assert_bounded(audit("check", "clinic"), set())


def test_other_commands_write_what_they_say(audit: Audit) -> None:
    for words in (("list",), ("show", "cobra"), ("make", "nope.yaml"), ("--help",)):
        assert_bounded(audit(*words), set())
    touched = audit("init", "mine")
    assert touched.code == 0, touched.err
    assert all(path == "here/mine" or path.startswith("here/mine/") for path in touched.written)


def test_the_audit_sees_what_is_done(audit: Audit, tmp_path: Path) -> None:
    """The check of the check: a file outside that is named is seen."""
    (tmp_path / "outside.pdf").write_bytes(samples.plain())
    touched = audit("make", "--exercise", "childs-pose", "--cover", "../outside.pdf", "-o", "../made.pdf", "--strict")
    assert "outside.pdf" in touched.read
