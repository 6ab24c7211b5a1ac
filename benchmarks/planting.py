"""Passages planted into reports, to measure what `find_reuse` finds and what it finds wrongly.

A plant takes one or two sentences of one report and puts a copy after a sentence of another: word
for word, with one letter in ten changed, or with its two sentences swapped.
"""

from __future__ import annotations

import bisect
import random
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

KINDS = ("verbatim", "changed", "swapped")
Place = tuple[str, int]


@dataclass(frozen=True)
class Plant:
    """A copy of ``texts[source][start:end]`` put into `host` at `at` (offsets before planting)."""

    kind: str
    source: str
    start: int
    end: int
    host: str
    at: int
    copy: str


def count_letters(text: str) -> int:
    return sum(character.isalnum() for character in text)


def change_letters(text: str, rng: random.Random, pool: str, *, share: float, edits: str) -> str:
    """Change about `share` of the letters, each by one of `edits`: s(ubstitute), d(elete), i(nsert)."""
    out = []
    for character in text:
        if not character.isalnum() or rng.random() >= share:
            out.append(character)
            continue
        edit = rng.choice(edits)
        out.append({"s": rng.choice(pool), "d": "", "i": character + rng.choice(pool)}[edit])
    return "".join(out)


def draw_plants(
    texts: Mapping[str, str], sentences: pd.DataFrame, *, count: int, seed: int, edits: str = "s"
) -> list[Plant]:
    """Draw plants of 30 to 200 letters, a third of each kind, no sentence used twice."""
    rng = random.Random(seed)
    pool = "".join(c for text in texts.values() for c in text[:5000] if "\u4e00" <= c <= "\u9fff")
    spans = {
        name: list(zip(g["start"], g["end"], strict=True)) for name, g in sentences.groupby("document_id")
    }
    sources = [(name, k) for name, own in spans.items() for k in range(len(own) - 1)]
    rng.shuffle(sources)
    used: set[Place] = set()
    plants: list[Plant] = []
    for name, k in sources:
        if len(plants) == count:
            break
        kind = KINDS[len(plants) % 3]
        width = 2 if kind == "swapped" else rng.choice((1, 2))
        pieces = [texts[name][s:e] for s, e in spans[name][k : k + width]]
        letters = [count_letters(piece) for piece in pieces]
        together = spans[name][k + width - 1][1] - spans[name][k][0] - sum(map(len, pieces)) <= 4
        fits = 30 <= sum(letters) <= 200 and (kind != "swapped" or min(letters) >= 20)
        if not (together and fits) or any((name, j) in used for j in range(k, k + width)):
            continue
        used.update((name, j) for j in range(k, k + width))
        copy = "".join(reversed(pieces)) if kind == "swapped" else "".join(pieces)
        if kind == "changed":
            copy = change_letters(copy, rng, pool, share=0.1, edits=edits)
        plants.append(Plant(kind, name, spans[name][k][0], spans[name][k + width - 1][1], "", 0, copy))
    return [_settle(plant, spans, used, rng) for plant in plants]


def _settle(plant: Plant, spans: dict[str, list[Place]], used: set[Place], rng: random.Random) -> Plant:
    """Find a host, after a sentence that is not itself the first of a planted pair."""
    hosts = [name for name in spans if name != plant.source]
    while True:
        host = rng.choice(hosts)
        k = rng.randrange(len(spans[host]))
        if (host, k) not in used:
            at = spans[host][k][1]
            return Plant(plant.kind, plant.source, plant.start, plant.end, host, at, plant.copy)


class Planted:
    """Texts with plants in them, and the way back from a place in them to where its words came from."""

    def __init__(self, texts: Mapping[str, str], plants: list[Plant]) -> None:
        self.texts: dict[str, str] = {}
        self._pieces: dict[str, list[tuple[int, str, int, Plant | None]]] = {}
        self.copies: list[tuple[Plant, int, int]] = []
        for name, text in texts.items():
            out, done, pieces = "", 0, []
            for plant in sorted((p for p in plants if p.host == name), key=lambda p: p.at):
                pieces.append((len(out), name, done, None))
                out += text[done : plant.at]
                pieces.append((len(out), plant.source, plant.start, plant))
                self.copies.append((plant, len(out), len(out) + len(plant.copy)))
                out += plant.copy
                done = plant.at
            pieces.append((len(out), name, done, None))
            self.texts[name] = out + text[done:]
            self._pieces[name] = pieces

    def origin(self, name: str, place: int) -> tuple[str, int, int]:
        """Return where, before planting, the words at a place come from, as first and last offset.

        In a plant whose letters were changed or moved that is anywhere in its source.
        """
        pieces = self._pieces[name]
        start, source, at, plant = pieces[bisect.bisect_right(pieces, place, key=lambda p: p[0]) - 1]
        if plant is None:
            return source, at + place - start, at + place - start
        return source, plant.start, plant.end


def score_plants(found: pd.DataFrame, planted: Planted, before: pd.DataFrame) -> dict[str, float]:
    """Return what share of the plants was found, by kind and in all, and of the passages that is false.

    A plant is found when passages between its host and its source cover half of the copy. A passage
    is false when its two sides do not come from one report, and the unplanted texts do not share a
    passage there either.
    """
    rows = found.to_dict("records")
    known: dict[frozenset[str], list[dict[str, tuple[int, int]]]] = {}
    for row in before.to_dict("records"):
        sides = {
            row["document_id"]: (row["start"], row["end"]),
            row["other_document_id"]: (row["other_start"], row["other_end"]),
        }
        known.setdefault(frozenset(sides), []).append(sides)
    scores: dict[str, float] = {}
    hits = [(plant.kind, _covered(plant, start, end, rows)) for plant, start, end in planted.copies]
    for kind in KINDS:
        own = [hit for name, hit in hits if name == kind]
        scores[kind] = sum(own) / max(len(own), 1)
    scores["recall"] = sum(hit for _, hit in hits) / max(len(hits), 1)
    false = sum(not _explained(row, planted, known) for row in rows)
    scores["passages"] = len(rows)
    scores["false"] = false / max(len(rows), 1)
    return scores


def _covered(plant: Plant, start: int, end: int, rows: list[dict]) -> bool:
    total = 0
    for row in rows:
        sides = {row["document_id"], row["other_document_id"]}
        if sides != {plant.host, plant.source}:
            continue
        prefix = "" if row["document_id"] == plant.host else "other_"
        total += max(0, min(end, row[f"{prefix}end"]) - max(start, row[f"{prefix}start"]))
    return 2 * total >= end - start


def _explained(row: dict, planted: Planted, known: dict) -> bool:
    one = planted.origin(row["document_id"], (row["start"] + row["end"]) // 2)
    other = planted.origin(row["other_document_id"], (row["other_start"] + row["other_end"]) // 2)
    if one[0] == other[0]:  # the plant itself, or a phrase that its source says twice
        return True
    return any(
        all(start <= last and first <= end for (start, end), (_, first, last) in pairs)
        for sides in known.get(frozenset((one[0], other[0])), ())
        for pairs in [[(sides[place[0]], place) for place in (one, other)]]
    )
