"""Where files are found, and what stands over what."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from handouts.errors import InputError, UsageError
from handouts.formats.files import shown_path
from handouts.formats.nodes import Mapping, Scalar
from handouts.formats.readers import Problems
from handouts.workspace import Digest, Workspace, builtin_root, find_workspace, gather_tree, gather_trees


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def layers(tmp_path: Path) -> Workspace:
    write(
        tmp_path / "ours/catalog/exercises/cobra.yaml",
        "id: cobra\nhold: {value: 10 s, source: acsm}\ndose:\n  sets: 1\n  rest: 5 s\n",
    )
    write(tmp_path / "theirs/catalog/exercises/cobra.yaml", "hold: 20 s\ndose: {rest: 9 s}\n")
    write(tmp_path / "theirs/catalog/exercises/own.yaml", "id: own\n")
    return Workspace(root=tmp_path / "theirs", builtin=tmp_path / "ours", current=tmp_path)


def test_the_builtin_folder_is_found() -> None:
    assert (builtin_root() / "catalog" / "exercises").is_dir()


def test_a_clinics_file_lies_over_ours_field_by_field(layers: Workspace) -> None:
    problems = Problems()
    trees = gather_trees(layers, "catalog/exercises", problems)
    assert not problems.found
    assert sorted(trees) == ["cobra", "own"]
    cobra = trees["cobra"]
    assert isinstance(cobra, Mapping)
    hold, dose = cobra.values["hold"], cobra.values["dose"]
    assert isinstance(hold, Scalar)
    assert hold.text == "20 s"
    assert str(hold.place) == "theirs/catalog/exercises/cobra.yaml:1:7"
    assert hold.origin.overlay
    assert isinstance(dose, Mapping)
    assert str(dose.values["sets"].place) == "ours/catalog/exercises/cobra.yaml:4:9"
    assert str(dose.values["rest"].place) == "theirs/catalog/exercises/cobra.yaml:2:14"


def test_lists_of_ids_grow(tmp_path: Path) -> None:
    write(tmp_path / "ours/catalog/regions.yaml", "regions: [hip, thigh]\n")
    write(tmp_path / "theirs/catalog/regions.yaml", "regions: [thigh, jaw]\n")
    workspace = Workspace(root=tmp_path / "theirs", builtin=tmp_path / "ours")
    tree = gather_tree(workspace, "catalog/regions.yaml", Problems(), growing=("regions",))
    assert isinstance(tree, Mapping)
    assert [item.text for item in tree.values["regions"].items] == ["hip", "thigh", "jaw"]  # type: ignore[union-attr]


def test_the_order_of_search(tmp_path: Path) -> None:
    for name in ("named", "request", "current"):
        write(tmp_path / name / "handouts.yaml", "")
        (tmp_path / name / "deep" / "er").mkdir(parents=True)
    request, current = tmp_path / "request/deep/er/a.yaml", tmp_path / "current/deep"
    assert find_workspace(explicit=tmp_path / "named", request=request, current=current).root == tmp_path / "named"
    assert find_workspace(request=request, current=current).root == tmp_path / "request"
    assert find_workspace(request=tmp_path / "elsewhere.yaml", current=current).root == tmp_path / "current"
    assert find_workspace(current=tmp_path).root is None
    assert find_workspace(explicit=Path("named"), current=tmp_path).root == tmp_path / "named"
    assert find_workspace(request=Path("deep/er/a.yaml"), current=tmp_path / "request").root == tmp_path / "request"


def test_a_folder_that_is_no_workspace_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="holds no handouts"):
        find_workspace(explicit=tmp_path)
    with pytest.raises(UsageError, match="is no folder"):
        find_workspace(explicit=tmp_path / "nothing")


def test_settings_are_read_and_faults_told(tmp_path: Path) -> None:
    write(tmp_path / "cover.pdf", "%PDF")
    write(tmp_path / "assets/clinics/sample/clinic.yaml", "")
    file = write(tmp_path / "handouts.yaml", "clinic: sample\ncountry: gb\npaper: letter\ncover: cover.pdf\ntimes_per_day: 2\n")
    settings = find_workspace(explicit=tmp_path).settings
    assert (settings.clinic, settings.country, settings.paper, settings.times_per_day) == ("sample", "gb", "letter", 2)
    assert settings.cover == str(tmp_path / "cover.pdf")
    file.write_text("paper: a5\ncolor: red\n")
    with pytest.raises(InputError) as caught:
        find_workspace(explicit=Path(), current=tmp_path)
    assert [str(problem.place) for problem in caught.value.problems] == ["handouts.yaml:1:8", "handouts.yaml:2:1"]


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("/etc/passwd.pdf", "is an absolute path"),
        ("~/cover.pdf", "is an absolute path"),
        ("C:\\cover.pdf", "is an absolute path"),
        ("../outside.pdf", "leads out of the workspace"),
        ("link.pdf", "leads out of the workspace"),
        ("missing.pdf", "does not exist"),
        ("folder.pdf", "is a folder"),
        ("loop.pdf", "cannot be looked up|does not exist|leads out"),
        ("pipe.pdf", "is not a regular file"),
    ],
)
def test_paths_stay_in_the_workspace(tmp_path: Path, written: str, told: str) -> None:
    write(tmp_path / "outside.pdf", "%PDF")
    root = tmp_path / "clinic"
    (root / "folder.pdf").mkdir(parents=True)
    (root / "link.pdf").symlink_to("../outside.pdf")
    (root / "loop.pdf").symlink_to("loop.pdf")
    os.mkfifo(root / "pipe.pdf")
    write(root / "handouts.yaml", f"cover: '{written}'\n")
    with pytest.raises(InputError, match=told) as caught:
        find_workspace(explicit=root)
    assert caught.value.problems[0].hint


def test_odd_files_are_told_without_a_traceback(tmp_path: Path) -> None:
    folder = tmp_path / "ours/catalog/exercises"
    write(folder / "good.yaml", "id: good\n")
    write(folder / "short.yml", "id: short\n")
    write(folder / ".hidden.yaml", "[")
    write(tmp_path / "secret.yaml", "id: secret\n")
    (folder / "link.yaml").symlink_to(tmp_path / "secret.yaml")
    (folder / "gone.yaml").symlink_to("nothing.yaml")
    (folder / "folder.yaml").mkdir()
    os.mkfifo(folder / "pipe.yaml")
    Path(os.fsdecode(os.fsencode(folder) + b"/caf\xe9.yaml")).write_text("id: x\n")
    problems = Problems()
    trees = gather_trees(Workspace(builtin=tmp_path / "ours", current=tmp_path), "catalog/exercises", problems)
    assert list(trees) == ["good"]
    told = {str(p.place).rpartition("/")[2]: p.message for p in problems.found}
    assert told == {
        "short.yml": "this file would not be read",
        "link.yaml": "this link leads out of the workspace",
        "gone.yaml": "there is no such file",
        "folder.yaml": "this is a folder, not a file",
        "pipe.yaml": "this is not a regular file",
        "caf\\udce9.yaml": "the file name is not UTF-8",
    }


def test_shown_path_is_as_a_person_would_write_it() -> None:
    assert shown_path(Path("/a/b/c.yaml"), Path("/a")) == "b/c.yaml"
    assert shown_path(Path("/a/b/c.yaml"), Path("/x")) == "/a/b/c.yaml"


def test_locate_prefers_the_clinics_file(layers: Workspace) -> None:
    assert layers.locate("catalog/exercises/cobra.yaml") == layers.root / "catalog/exercises/cobra.yaml"  # type: ignore[operator]
    assert layers.locate("catalog/exercises/none.yaml") is None
    assert layers.locate("../theirs/catalog/exercises/own.yaml") is None or layers.root is not None


def test_the_digest_follows_the_content(layers: Workspace) -> None:
    def digest() -> str:
        made = Digest()
        gather_trees(layers, "catalog/exercises", Problems(), digest=made)
        return made.short()

    before = digest()
    assert before == digest()
    write(layers.builtin / "catalog/exercises/cobra.yaml", "id: cobra\n")
    assert before != digest()
    assert len(before) == 12
