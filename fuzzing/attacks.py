"""Hostile text, YAML and tables, kind by kind: each ends in one clear line, or is printed letter for letter.

`python -m fuzzing.attacks` runs them all and prints the table of results.
"""

from __future__ import annotations

import io
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from fuzzing.arena import Ran, run_alone, warm_up
from fuzzing.attack import Attack
from fuzzing.table_attacks import table_attacks
from fuzzing.text_attacks import text_attacks
from fuzzing.yaml_attacks import yaml_attacks


@dataclass(slots=True)
class Result:
    """What came of all attacks of a kind."""

    count: int = 0
    printed: int = 0
    refused: int = 0
    open: list[str] = field(default_factory=list)
    seconds: float = 0.0
    memory: int = 0

    def add(self, attack: Attack, ran: Ran) -> None:
        """Count one attack."""
        troubles = [*ran.troubles(), *not_literal(attack, ran)]
        self.count += 1
        self.printed += ran.code == 0
        self.refused += ran.code != 0
        self.seconds, self.memory = max(self.seconds, ran.seconds), max(self.memory, ran.memory)
        if troubles:
            self.open.append(f"{attack.kind}: {attack.name}: {'; '.join(troubles)}")


def not_literal(attack: Attack, ran: Ran) -> list[str]:
    """Whether words that were not refused are on the page as they were given, blanks aside."""
    if attack.printed is None or ran.code != 0 or not ran.made:
        return []
    from pypdf import PdfReader

    wanted = "".join(unicodedata.normalize("NFC", attack.printed.replace("\u00ad", "")).split())
    for content in ran.made.values():
        pages = [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]
        if wanted not in "".join("".join(pages).split()):
            return ["not printed as it is"]
    return []


def all_attacks() -> Iterator[Attack]:
    """All of them."""
    yield from text_attacks()
    yield from yaml_attacks()
    yield from table_attacks()


def main(names: list[str]) -> int:
    """Run the attacks whose kind and name hold one of the words (none: all); 1 where one gets through."""
    warm_up()
    results: defaultdict[str, Result] = defaultdict(Result)
    for attack in all_attacks():
        told = f"{attack.kind}: {attack.name}"
        if not names or any(name in told for name in names):
            results[attack.kind].add(attack, run_alone(attack.words, attack.files))
    print("| attacks | count | done | refused | open | worst time | worst memory |\n|---|---|---|---|---|---|---|")
    for kind, result in results.items():
        print(
            f"| {kind} | {result.count} | {result.printed} | {result.refused} | {len(result.open)} "
            f"| {result.seconds:.2f} s | {result.memory / 1e6:.0f} MB |"
        )
    for result in results.values():
        for line in result.open:
            print(f"OPEN {line}")
    return int(any(result.open for result in results.values()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
