"""Attacks the real command with hostile files, each in a process of its own, and prints what came of it by kind.

python benchmarks/attack_files.py [--kind WORDS] [--json FILE] [--viewers]

--viewers renders every handout that a hostile cover went into, as a patient's viewer would (needs handouts[preflight]).
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from attacks import pdfs, pictures
from attacks.attack import Attack, as_checked, as_cover, as_letterhead, as_logo, as_picture
from attacks.finished import find_active
from attacks.running import run_measured

_LONGEST = 60.0  # seconds until an attack has won
_VIEWING = 60.0  # the same for a viewer
_SECONDS, _MEMORY = 2.0, 300_000_000  # what an attack may take: of the processor, and in bytes
_VIEWER = "import sys, pypdfium2\nfor page in pypdfium2.PdfDocument(sys.argv[1]): page.render(scale=1)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of an attack: "told" in one line, "made harmless", or in words what went wrong. Seconds of the processor."""

    kind: str
    name: str
    result: str
    seconds: float
    by_the_clock: float
    memory: int
    viewing: float | None
    line: str


def list_attacks() -> Iterator[Attack]:
    """All attacks with files."""
    for what, makes in pdfs.KINDS.items():
        for name, make in makes.items():
            yield Attack(kind=f"{what}, as a cover", name=name, lay=as_cover(make))
            yield Attack(kind=f"{what}, checked", name=name, lay=as_checked(make))
            if what == "PDF active":
                yield Attack(kind=f"{what}, as a letterhead", name=name, lay=as_letterhead(make))
    for ending, makes in ((".png", pictures.PNGS), (".jpg", pictures.JPEGS), (".svg", pictures.DRAWINGS)):
        for name, make in makes.items():
            yield Attack(kind=f"{ending[1:].upper()}, own picture", name=name, lay=as_picture(make, ending))
            if ending != ".svg":
                yield Attack(kind=f"{ending[1:].upper()}, logo", name=name, lay=as_logo(make, f"logo{ending}"))


def attack(each: Attack, *, viewers: bool) -> Outcome:
    """Run one attack in a folder of its own."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        words = each.lay(folder)
        before = {path for path in folder.rglob("*") if path.is_file()}
        ran = run_measured(words, folder, _LONGEST)
        made = {path for path in folder.rglob("*") if path.is_file()} - before
        told = (ran.out if words[0] == "check" else ran.err).decode("utf-8", "replace")
        result = _judge(ran.code, told, made, checked=words[0] == "check")
        if ran.seconds > _SECONDS:
            result = f"slow: {result}"
        if ran.memory > _MEMORY:
            result = f"large: {result}"
        viewing = _view(folder / "out.pdf") if viewers and (folder / "out.pdf") in made else None
    return Outcome(
        kind=each.kind,
        name=each.name,
        result=result,
        seconds=ran.seconds,
        by_the_clock=ran.by_the_clock,
        memory=ran.memory,
        viewing=viewing,
        line=told.strip().split("\n")[0].replace(f"{folder}/", ""),
    )


def _judge(code: int, told: str, made: set[Path], *, checked: bool) -> str:
    if code == 0 and not checked:
        active = [found for path in made for found in find_active(path.read_bytes())]
        return f"active: {active}" if active else "made harmless"
    if code not in (0, 3):
        return f"exit code {code}"
    if made:
        return f"half-written: {sorted(path.name for path in made)}"
    if "Traceback" in told or (not checked and told.count("\n") != 1):
        return "not one line"
    return "told"


def _view(path: Path) -> float:
    """The seconds of the processor that PDFium renders all pages in."""
    measured = run_measured((str(path),), path.parent, _VIEWING, program=(sys.executable, "-c", _VIEWER))
    return measured.seconds


def show_table(outcomes: list[Outcome]) -> str:
    """The outcomes by kind."""
    kinds: defaultdict[str, list[Outcome]] = defaultdict(list)
    for each in outcomes:
        kinds[each.kind].append(each)
    head = f"{'kind':<38}{'attacks':>8}{'told':>6}{'harmless':>10}{'through':>9}{'worst s':>9}{'worst MB':>10}{'viewer s':>10}"
    lines = [head, "-" * len(head)]
    for kind, found in [*kinds.items(), ("all", outcomes)]:
        told, harmless = (sum(each.result == result for each in found) for result in ("told", "made harmless"))
        viewing = max((each.viewing for each in found if each.viewing is not None), default=None)
        worst, most = max(each.seconds for each in found), max(each.memory for each in found) / 1e6
        counted = f"{len(found):>8}{told:>6}{harmless:>10}{len(found) - told - harmless:>9}"
        lines.append(f"{kind:<38}{counted}{worst:>9.2f}{most:>10.0f}{'' if viewing is None else f'{viewing:.1f}':>10}")
    through = [each for each in outcomes if each.result not in ("told", "made harmless")]
    lines += [f"THROUGH {e.kind}: {e.name}: {e.result} ({e.seconds:.2f} s, {e.memory / 1e6:.0f} MB): {e.line}" for e in through]
    return "\n".join(lines)


def main() -> int:
    """Print the table; exit code 1 when an attack got through."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kind", default="")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--viewers", action="store_true")
    asked = parser.parse_args()
    outcomes = []
    for each in list_attacks():
        if asked.kind in each.kind:
            outcomes.append(attack(each, viewers=asked.viewers))
            if sys.stderr.isatty():
                sys.stderr.write(f"\r{len(outcomes)} {each.kind}: {each.name}\x1b[K")
    print(show_table(outcomes))
    if asked.json:
        asked.json.write_text(json.dumps([asdict(each) for each in outcomes], indent=1, ensure_ascii=False) + "\n")
    return any(each.result not in ("told", "made harmless") for each in outcomes)


if __name__ == "__main__":
    sys.exit(main())
