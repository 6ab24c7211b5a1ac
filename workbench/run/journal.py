"""What a run of the indexer has done so far, so that a run after one that was killed goes on from there."""

from __future__ import annotations

import json
from collections.abc import Set
from dataclasses import asdict
from pathlib import Path

from workbench.store.layout import Shard, find_damage, shard_from

JOURNAL = "journal.jsonl"


class Journal:
    """The shards that were made since the record of a store was written, a line each."""

    def __init__(self, store: Path) -> None:
        self._store = store
        self._path = store / JOURNAL

    def add(self, shard: Shard) -> None:
        """Note a shard whose files are written."""
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(asdict(shard)) + "\n")

    def shards(self) -> list[Shard]:
        """Return the shards noted, with those of their files that are as they were written."""
        try:
            lines = self._path.read_text(encoding="utf-8").split("\n")
        except FileNotFoundError:
            return []
        shards = []
        for line in lines:
            try:
                shard = shard_from(json.loads(line))
            except (ValueError, KeyError, TypeError):  # cut short as the run ended
                continue
            sound = {n: f for n, f in shard.tables.items() if not find_damage(self._store, f)}
            shards.append(Shard(shard.documents, sound))
        return shards

    def remove(self) -> None:
        """Forget what was noted: the record holds it by now."""
        self._path.unlink(missing_ok=True)


def keep_only(store: Path, paths: Set[str]) -> None:
    """Remove the tables of a store that its record does not name, and what killed runs left."""
    for folder in ("tables", "whole", "staging"):
        for path in (store / folder).rglob("*"):
            if path.is_file() and path.relative_to(store).as_posix() not in paths:
                path.unlink(missing_ok=True)
