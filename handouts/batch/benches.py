"""The benches of a batch: one for each workspace and language, each read once in a process."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from handouts.bench import Bench, open_bench
from handouts.request import known_ids
from handouts.workspace import Workspace, find_workspace, known_names


class Benches:
    """Opens benches as they are needed. A copy sent to another process starts anew there."""

    def __init__(self, spaces: tuple[Workspace, ...] = ()) -> None:
        self.spaces = list(spaces)
        self._roots = {space.root: number for number, space in enumerate(spaces)}
        self._benches: dict[tuple[int, str | None], Bench] = {}
        self._known: dict[int, dict[str, Collection[str]]] = {}

    def __reduce__(self) -> tuple[type[Benches], tuple[tuple[Workspace, ...]]]:
        return (Benches, (tuple(self.spaces),))

    def find_space(self, path: Path | None, *, explicit: Path | None, current: Path) -> int:
        """The number of the workspace for a source, as `find_workspace` finds it. Raises as that does."""
        space = find_workspace(explicit=explicit, request=path, current=current)
        if space.root not in self._roots:
            self._roots[space.root] = len(self.spaces)
            self.spaces.append(space)
        return self._roots[space.root]

    def open(self, space: int, lang: str | None) -> Bench:
        """The bench of a workspace in a language, else in the workspace's own. Raises InputError."""
        if (space, lang) not in self._benches:
            bench = open_bench(self.spaces[space], lang)
            self._benches[space, lang] = self._benches.setdefault((space, bench.lang), bench)
        return self._benches[space, lang]

    def known(self, space: int) -> dict[str, Collection[str]]:
        """What a request may name in a workspace, by kind of reference. Raises InputError when its catalogue is wrong."""
        if space not in self._known:
            catalog, _ = self.open(space, None).library
            self._known[space] = {**known_ids(catalog), **known_names(self.spaces[space])}
        return self._known[space]
