"""Names of files: nothing outside workspace, inputs and output is read or written, and what is told stays one line."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from cli.conftest import Run, files_in
from handouts import regular_files
from handouts.workspace import builtin_root

ONE = ("make", "--exercise", "childs-pose")
LONG = "a" * 1000
RUDE = "a\n\x1b[2J"
CLINIC = "id: ours\nname: Ours\nphone: 01632 960000\n"
FIGURE = "assets/figures/female/childs-pose.end.json"


def lay_fifo(path: Path) -> None:
    os.mkfifo(path)


def lay_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(path.name)


def lay_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


SPECIAL: dict[str, Callable[[Path], None]] = {"fifo": lay_fifo, "socket": lay_socket, "device": lay_device, "folder": Path.mkdir}
READ = {
    "cover": ("x.pdf", (*ONE, "--cover", "x.pdf", "-o", "out.pdf"), 2),
    "letterhead": ("x.pdf", (*ONE, "--letterhead", "x.pdf", "-o", "out.pdf"), 2),
    "request": ("x.yaml", ("make", "x.yaml"), 3),
    "table": ("x.csv", ("batch", "x.csv"), 3),
    "password": ("x.txt", (*ONE, "--password-file", "x.txt"), 3),
    "checked PDF": ("x.pdf", ("check", "x.pdf"), 3),
    "checked request": ("x.yaml", ("check", "x.yaml"), 3),
}


@pytest.mark.parametrize("what", READ)
@pytest.mark.parametrize("kind", SPECIAL)
@pytest.mark.enable_socket
def test_only_regular_files_are_read(kind: str, what: str, run: Run, folder: Path) -> None:
    name, words, code = READ[what]
    SPECIAL[kind](folder / name)
    ran = run(*words)
    assert ran.code == code, ran
    assert len(ran.err.splitlines()) <= 2
    assert any(said in ran.out + ran.err for said in ("regular file", "a folder", "in this folder"))
    assert files_in(folder) == []


WRITTEN = {
    "handout": ("x.pdf", (*ONE, "-o", "x.pdf")),
    "plan": ("x.yaml", (*ONE, "--save", "x.yaml", "-o", "out.pdf")),
    "note": ("x.txt", (*ONE, "--chart-note", "x.txt", "-o", "out.pdf")),
    "report": ("x.html", ("check", "nothing.pdf", "--html", "x.html")),
    "print file": ("x.pdf", ("batch", "one.csv", "--merge", "x.pdf")),
    "contact sheet": ("x.pdf", ("figure", "sheet", "cobra", "-o", "x.pdf")),
}


@pytest.mark.parametrize("what", WRITTEN)
@pytest.mark.parametrize("kind", ["fifo", "device"])
def test_only_regular_files_are_replaced(kind: str, what: str, run: Run, folder: Path) -> None:
    name, words = WRITTEN[what]
    (folder / "one.csv").write_text("exercise\nchilds-pose\n")
    SPECIAL[kind](folder / name)
    before = (folder / name).lstat()
    ran = run(*words)
    assert ran.code == 5, ran
    assert f"{name}: cannot write: this is not a regular file" in ran.err
    assert (folder / name).lstat() == before
    assert files_in(folder) == ["one.csv"]


NAMED = {
    "request": (("make", f"{LONG}.yaml"), 3),
    "output": ((*ONE, "-o", f"{LONG}.pdf"), 5),
    "cover": ((*ONE, "--cover", f"{LONG}.pdf"), 2),
    "workspace": ((*ONE, "--workspace", LONG), 2),
    "password": ((*ONE, "--password-file", LONG), 3),
    "plan": ((*ONE, "--save", f"{LONG}.yaml"), 5),
    "checked PDF": (("check", f"{LONG}.pdf"), 3),
    "checked request": (("check", f"{LONG}.yaml"), 3),
    "checked folder": (("check", LONG), 3),
    "clinic's folder": (("init", LONG), 5),
    "table": (("batch", f"{LONG}.csv"), 3),
    "folder of a batch": (("batch", "--standard", "--out", LONG), 5),
    "print file": (("batch", "--standard", "--merge", f"{LONG}.pdf"), 5),
}


@pytest.mark.parametrize("what", NAMED)
def test_names_of_1000_letters(what: str, run: Run, folder: Path) -> None:
    words, code = NAMED[what]
    ran = run(*words)
    assert ran.code == code, ran
    assert "bug" not in ran.err
    assert files_in(folder) == []


def test_a_name_of_255_bytes(run: Run, folder: Path, submit: Callable[..., None]) -> None:
    name = "a" * 251 + ".pdf"
    assert run(*ONE, "-o", name).code == 0
    assert files_in(folder) == [name]
    submit(folder / name)


RUDE_NAMES = {
    "request": (("make", f"{RUDE}.yaml"), 3),
    "output": ((*ONE, "-o", f"{RUDE}.pdf"), 2),
    "checked": (("check", f"{RUDE}.pdf"), 3),
    "report": (("check", "x.pdf", "--html", f"{RUDE}.html"), 2),
    "clinic's folder": (("init", RUDE), 2),
    "table": (("batch", f"{RUDE}.csv"), 3),
    "folder of a batch": (("batch", "--standard", "--out", RUDE), 2),
    "print file": (("batch", "--standard", "--merge", f"{RUDE}.pdf"), 2),
    "contact sheet": (("figure", "sheet", "-o", f"{RUDE}.pdf"), 2),
    "not UTF-8": (("make", "\udcff.yaml"), 3),
    "workspace": ((*ONE, "--workspace", RUDE), 2),
}


@pytest.mark.parametrize("what", RUDE_NAMES)
def test_names_that_move_the_terminal_stay_in_one_line(what: str, run: Run, folder: Path) -> None:
    words, code = RUDE_NAMES[what]
    ran = run(*words)
    assert ran.code == code, ran
    assert ran.err.count("\n") == 1
    assert "\x1b" not in ran.out + ran.err
    assert "bug" not in ran.err
    assert files_in(folder) == []


def test_files_with_rude_names_are_told_in_one_line(run: Run, folder: Path) -> None:
    rude = folder / "d\n\x1b[2J"
    rude.mkdir()
    (rude / "\udcff\n.pdf").write_bytes(b"no PDF")
    ran = run("check", rude.name)
    assert (ran.code, ran.out.count("\n"), "\x1b" in ran.out) == (3, 1, False)
    assert ran.out.startswith("d\\n\\x1b[2J/")


def test_a_report_replaces_nothing_that_is_checked(run: Run, folder: Path) -> None:
    (folder / "plan.html").write_bytes(b"kept")
    (folder / "plan.pdf").symlink_to("plan.html")
    ran = run("check", "plan.pdf", "--html", "plan.html")
    assert (ran.code, ran.err) == (2, "plan.html is read and would be replaced (give the output another name)\n")
    assert run("check", "plan.pdf", "--html", "plan.pdf").code == 2
    assert (folder / "plan.html").read_bytes() == b"kept"


@pytest.mark.parametrize(
    "target", ["handouts.yaml", "other/handouts.yaml", "catalog/exercises/cobra.yaml", "assets/clinics/ours/clinic.yaml"]
)
def test_a_saved_plan_replaces_no_file_of_the_workspace(target: str, run: Run, folder: Path) -> None:
    for name in ("handouts.yaml", "catalog/exercises/cobra.yaml", "assets/clinics/ours/clinic.yaml"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("# kept\n")
    (folder / "other").mkdir()
    before = files_in(folder)
    ran = run(*ONE, "--exclude", "cobra", "-o", "out.pdf", "--save", target)
    assert ran.code == 2, ran
    assert f"{target} is read and would be replaced" in ran.err
    assert files_in(folder) == before
    assert (folder / "handouts.yaml").read_text() == "# kept\n"


LINKED = {
    "catalog": ("clock.yaml", "a: 1\n"),
    "templates/editions": ("standard.yaml", "a: 1\n"),
    "templates/phrases": ("en.yaml", "a: 1\n"),
    "assets/clinics": ("ours/clinic.yaml", CLINIC),
    "assets/figures": ("childs-pose.end.json", "{}"),
}


@pytest.mark.parametrize("linked", LINKED)
def test_linked_folders_do_not_lead_out(linked: str, run: Run, folder: Path, tmp_path: Path) -> None:
    """A link in the middle of a path, not only the file itself."""
    name, content = LINKED[linked]
    outside = tmp_path / "outside" / name
    outside.parent.mkdir(parents=True)
    outside.write_text(content)
    (folder / "handouts.yaml").write_text("country: gb\n")
    (folder / linked).parent.mkdir(parents=True, exist_ok=True)
    (folder / linked).symlink_to(tmp_path / "outside")
    ran = run(*ONE, "-o", "out.pdf", *(("--clinic", "ours") if "clinics" in linked else ()))
    assert (ran.code, ran.out) == (3, "")
    assert ran.lines[0].startswith(f"{linked}/{name}: this link leads out of the workspace (copy the ")


def test_linked_folders_inside_are_followed(run: Run, folder: Path, submit: Callable[..., None]) -> None:
    (folder / "handouts.yaml").write_text("country: gb\n")
    (folder / "kept/figures").mkdir(parents=True)
    (folder / "kept/figures/childs-pose.end.json").write_bytes((builtin_root() / FIGURE).read_bytes())
    (folder / "assets").symlink_to("kept")
    assert run(*ONE, "-o", "out.pdf").code == 0
    submit(folder / "out.pdf")


@pytest.mark.skipif(os.name == "nt", reason="links are always resolved there")
def test_a_path_without_links_is_not_resolved_from_the_root_of_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cold `make` reads some ninety files; every other way to a file still is resolved."""
    root, other = tmp_path / "clinic", tmp_path / "other"
    for folder in (root, other):
        (folder / "a").mkdir(parents=True)
        (folder / "a/x").write_bytes(b"x")
    (root / "inside").symlink_to("a")
    (root / "outside").symlink_to(other)
    (tmp_path / "linked").symlink_to(root)
    resolved, really_resolve = [], Path.resolve

    def resolve(path: Path, strict: bool = False) -> Path:
        resolved.append(path)
        return really_resolve(path, strict)

    monkeypatch.setattr(Path, "resolve", resolve)
    for start in (root, tmp_path / "linked"):
        assert regular_files.read_regular(start / "a/x", 9, root=start) == b"x"
    assert not resolved
    assert regular_files.read_regular(root / "inside/x", 9, root=root) == b"x"
    assert regular_files.read_regular(root / "a/../a/x", 9, root=root) == b"x"
    for path in (root / "outside/a/x", root / "../other/a/x", other / "a/x", tmp_path / "clinic-2/x"):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x")
        with pytest.raises(regular_files.OutsideError):
            regular_files.read_regular(path, 9, root=root)


@pytest.mark.parametrize("key", ["cover", "letterhead", "logo"])
def test_a_link_put_there_meanwhile_is_not_followed(
    key: str, run: Run, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the look at the path and the reading, somebody replaces the file by a link; and after the reading, back again."""
    name = "mine.png" if key == "logo" else "mine.pdf"
    outside, inside = tmp_path / name, folder / "assets/clinics/ours" / name
    outside.write_bytes(b"%PDF-1.7 secret")
    inside.parent.mkdir(parents=True)
    inside.write_bytes(b"%PDF-1.7 mine")
    (folder / "handouts.yaml").write_text("country: gb\nclinic: ours\n")
    (inside.parent / "clinic.yaml").write_text(f"{CLINIC}{key}: {name}\n")
    really_open = os.open

    def open_the_link(path: object, *how: int, **more: int) -> int:
        if Path(str(path)).name != name:
            return really_open(path, *how, **more)  # type: ignore[call-overload, no-any-return]
        inside.rename(folder / "aside")
        inside.symlink_to(outside)
        handle: int = really_open(inside, *how)
        inside.unlink()
        (folder / "aside").rename(inside)
        return handle

    monkeypatch.setattr(regular_files.os, "open", open_the_link)
    ran = run(*ONE, "-o", "out.pdf")
    assert (ran.code, ran.out) == (3, "")
    assert f"{name}: this link leads out of the workspace" in ran.err


@pytest.mark.parametrize(
    ("name", "code"), [("manifest.jsonl", 3), (".handouts-lock", 5)], ids=["manifest", "lock"]
)  # fmt: skip
def test_a_batch_writes_through_no_link(name: str, code: int, run: Run, folder: Path, tmp_path: Path) -> None:
    (folder / "one.csv").write_text("exercise\nchilds-pose\n")
    (folder / "out").mkdir()
    for target, content in ((tmp_path / "new", None), (tmp_path / "old", "")):
        if content is not None:
            target.write_text(content)
        (folder / "out" / name).unlink(missing_ok=True)
        (folder / "out" / name).symlink_to(target)
        assert run("batch", "one.csv").code == code
        assert (target.read_text() if target.exists() else None) == content
        assert os.listdir(folder / "out") == [name]  # noqa: PTH208 - links that lead nowhere count


def test_a_batch_does_not_wait_for_a_fifo(run: Run, folder: Path, submit: Callable[..., None]) -> None:
    (folder / "one.csv").write_text("exercise\nchilds-pose\n")
    (folder / "out").mkdir()
    os.mkfifo(folder / "out/.handouts-run-evil")
    assert run("batch", "one.csv", "--jobs", "1").code == 0
    submit(folder / "out/one-001.pdf")
