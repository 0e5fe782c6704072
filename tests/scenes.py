"""Commands that write, to be broken at every call: what they start from, and what may be there afterwards."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from injecting import Ended, Fault, read_files, run_struck
from pypdf import PdfReader

OLD = b"the last good one"
PASSWORD = "open sesame"  # noqa: S105 - of a test
_FIVE = ("make", "--routine", "five-minute")
_TABLE = "patient,exercises,profile\nA. Sample,cat-cow,flexion\nB. Sample,cobra,extension\nC. Sample,figure-four,flexion\n"
_CODES = {"SIGINT": (130, "interrupted"), "SIGTERM": (143, "terminated"), "SIGHUP": (129, "hung up")}
_MANIFEST = "out/manifest.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A command and the folder it runs in.

    `whole`: all of its files are written, or none. `drawn`: names of files that are whole with other bytes too. `again`: the
    command that makes up for what was broken.
    """

    name: str
    words: tuple[str, ...]
    prepare: Callable[[Path], object]
    whole: bool = True
    drawn: tuple[str, ...] = ()
    again: tuple[str, ...] = ()


def _old(*names: str) -> Callable[[Path], object]:
    def prepare(folder: Path) -> None:
        (folder / "handouts.yaml").write_text("country: gb\n")
        (folder / "secret.txt").write_text(f"{PASSWORD}\n")
        (folder / "p.csv").write_text(_TABLE)
        (folder / "p.yaml").write_text("routine: five-minute\n")
        for name in names:
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_bytes(OLD)

    return prepare


_BATCH = ("batch", "p.csv", "--jobs", "1")
_RESUME = (*_BATCH, "--resume")
_MERGE = ("--merge", "print.pdf")

SCENES = (
    Scene(name="make, a new name", words=_FIVE, prepare=_old("handout.pdf")),
    Scene(name="make -o", words=(*_FIVE, "-o", "x.pdf"), prepare=_old("x.pdf")),
    Scene(
        name="make -o --save --chart-note",
        words=(*_FIVE, "-o", "x.pdf", "--save", "x.yaml", "--chart-note", "x.txt"),
        prepare=_old("x.pdf", "x.yaml"),
    ),
    Scene(
        name="make --password-file",
        words=(*_FIVE, "-o", "x.pdf", "--password-file", "secret.txt"),
        prepare=_old(),
        drawn=("x.pdf",),
    ),
    Scene(
        name="calendar --ics, a new name",
        words=("calendar", "--routine", "five-minute", "--start", "2026-03-30", "--weeks", "1", "--ics", "x.ics"),
        prepare=_old("x.ics"),
    ),
    Scene(name="check --html", words=("check", "p.yaml", "--html", "x.html"), prepare=_old("x.html")),
    Scene(name="figure sheet", words=("figure", "sheet", "cobra", "-o", "x.pdf"), prepare=_old("x.pdf")),
    Scene(name="init", words=("init", "mine"), prepare=_old()),
    Scene(name="batch, one process", words=_BATCH, prepare=_old(), whole=False, again=_RESUME),
    Scene(
        name="batch --merge, one process",
        words=(*_BATCH, *_MERGE),
        prepare=_old("print.pdf", "out/p-001.pdf"),
        whole=False,
        drawn=("print.pdf",),  # it holds what could be made
        again=(*_RESUME, *_MERGE),
    ),
    Scene(name="batch, two processes", words=("batch", "p.csv", "--jobs", "2"), prepare=_old(), whole=False, again=_RESUME),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A scene with what is there before it, and after it when nothing is wrong."""

    scene: Scene
    before: Mapping[str, bytes]
    after: Mapping[str, bytes]
    calls: tuple[str, ...]


def set_stage(scene: Scene, folder: Path, scratch: Path) -> Stage:
    """Run the scene once without a fault."""
    scene.prepare(folder)
    before = read_files(folder)
    ended = run_struck(scene.words, folder, scratch)
    assert ended.code == 0, (ended.code, ended.err)
    return Stage(scene=scene, before=before, after=read_files(folder), calls=ended.calls)


def find_faults(stage: Stage, fault: Fault, ended: Ended, folder: Path) -> list[str]:
    """What is wrong with how a struck run ended and with what it left."""
    found = read_files(folder)
    hidden = [name for name in found if "/." in f"/{name}"]
    helpless = fault.lasting and "unlink" in fault.at  # nothing can be taken away any more
    # Of a killed run only what is whole may be hidden, for the moment in which it changes places.
    excused = helpless or (fault.kills and (not stage.scene.whole or all(_is_whole(stage, found[name]) for name in hidden)))
    wrong = [] if excused else [f"hidden: {name}" for name in hidden]
    wrong += _judge_words(stage, fault, ended)
    names = {*found, *stage.before, *stage.after} - {*hidden, _MANIFEST}
    fresh = {name for name in names if name in stage.after and _is_new(stage, name, found.get(name))}
    same = {name for name in names if found.get(name) == stage.before.get(name)}
    wrong += [f"neither old nor new: {name} ({len(found.get(name, b''))} bytes)" for name in sorted(names - fresh - same)]
    changed = {name for name in stage.after if stage.before.get(name) != stage.after[name]} - {_MANIFEST}
    done = changed & fresh
    if ended.code == 0 and done != changed:
        wrong.append(f"code 0 without {sorted(changed - done)}")
    if stage.scene.whole and done and not fault.kills:
        unsaid = {name for name in done if f"{name}: is written, and cannot be taken back" not in ended.err}
        if done != changed and unsaid:
            wrong.append(f"some of its files only: {sorted(unsaid)}")
        if fault.number is not None and ended.code and unsaid:
            wrong.append(f"code {ended.code} with {sorted(unsaid)} written")
    folders = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_dir()}
    wanted = {Path(name).parent.as_posix() for name in found}
    if stage.scene.whole and not fault.kills and not helpless:
        wrong += [f"an empty folder: {name}" for name in folders if not any(f"{each}/".startswith(f"{name}/") for each in wanted)]
    if _MANIFEST in found:
        wrong += _judge_manifest(found)
    return wrong


def _is_whole(stage: Stage, content: bytes) -> bool:
    return content in {OLD, *stage.after.values()} or any(_is_new(stage, name, content) for name in stage.scene.drawn)


def _is_new(stage: Stage, name: str, content: bytes | None) -> bool:
    if content is None or not content.startswith(b"%PDF") or name not in stage.scene.drawn:
        return content == stage.after[name]
    try:
        reader = PdfReader(io.BytesIO(content))
        return (not reader.is_encrypted or bool(reader.decrypt(PASSWORD))) and len(reader.pages) > 0
    except Exception:  # noqa: BLE001 - whatever is wrong with it, it is not whole
        return False


def _judge_words(stage: Stage, fault: Fault, ended: Ended) -> list[str]:
    if fault.harmless and ended.code:
        return [f"code {ended.code}: {ended.err!r}"]
    wrong = ["a traceback"] if "Traceback" in ended.err or "Exception" in ended.err else []
    lines = ended.err.splitlines()
    if fault.kills:
        return wrong if ended.code in (-9, 0) or not stage.scene.whole else [*wrong, f"code {ended.code}"]
    if fault.signal is not None:
        code, words = _CODES[fault.signal.name]
        if ended.code != 0 and (ended.code != code or not lines or lines[-1] != words):
            wrong.append(f"code {ended.code}: {lines[-1:]}")
        if ended.code != 0 and stage.scene.whole and len([line for line in lines if not line.startswith("handouts check: ")]) > 1:
            wrong.append(f"{len(lines)} lines")
        return wrong
    if ended.hit and ended.code not in ((5, 0) if stage.scene.whole else (5, 6, 0)):
        wrong.append(f"code {ended.code}: {ended.err!r}")
    if ended.code and not any("cannot" in line for line in lines):
        wrong.append(f"no reason: {ended.err!r}")
    plain = [line for line in lines if "cannot be taken back" not in line and not line.startswith("handouts check: ")]
    if ended.code and stage.scene.whole and len(plain) != 1:
        wrong.append(f"{len(lines)} lines: {ended.err!r}")
    return wrong


def _judge_manifest(found: Mapping[str, bytes]) -> list[str]:
    said = {}
    for line in found[_MANIFEST].decode().splitlines():
        try:
            entry = json.loads(line)
        except ValueError:
            continue
        said[entry["output"]] = entry
    return [
        f"done but not so: {name}"
        for name, entry in said.items()
        if entry["state"] == "done" and sha256(found.get(f"out/{name}", b"")).hexdigest() != entry["sha256"]
    ]
