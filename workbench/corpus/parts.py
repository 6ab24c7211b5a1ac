"""Parts: which part of the report each line belongs to, by the cues that speak for it.

Every line gets a score for each part: the weights of the cues in its heading, its opening and its
words. The parts of a text are the run of parts with the highest sum of scores less the cost of
changing parts, found by dynamic programming (Viterbi 1967); a change is cheap at a high heading and
dear inside running text, so that parts begin where headings and turning sentences stand. Sections
whose headings name a part of their own (self-government, livelihood projects) then get it.
"""

from __future__ import annotations

from collections.abc import Sequence

from workbench.corpus.cues import Cues, HeadingCue, read_cues
from workbench.corpus.headings import Line
from workbench.corpus.text import normalise

_FULL_WIDTH = tuple(zip(",;:!?", "，；：！？", strict=True))


def line_parts(text: str, lines: Sequence[Line], year: int) -> list[str]:
    """Return the part of each line of a text.

    Parameters
    ----------
    text : str
        The text, or a copy of equal length with its characters normalised.
    lines : sequence of Line
        Its lines outside noise, in order.
    year : int
        The year the report plans for; 0 where nobody knows.
    """
    if not lines:
        return []
    cues = read_cues(year)
    scores, costs = _scores(text, lines, cues)
    parts = [cues.states[number] for number in _best_run(scores, costs, cues)]
    _begin_at_headings(lines, parts, cues)
    closing = _closing(text, lines, parts, cues)
    for at in closing:
        parts[at] = "closing"
    parts = _with_named_sections(lines, parts, cues)
    _end_sections(text, lines, parts, cues)
    for after in [at for at in range(1, len(parts)) if parts[at - 1] in ("closing", "livelihood")]:
        _label_annex(text, lines, parts, after, cues)
    return parts


def _begin_at_headings(lines: Sequence[Line], parts: list[str], cues: Cues) -> None:
    """Let a part that begins right below a heading begin at the heading, unless that names another part."""
    for at in range(len(lines) - 1, 0, -1):
        above = lines[at - 1]
        begins = parts[at] != parts[at - 1] and not lines[at].whole
        if begins and above.whole and not _heading_cues(above, cues)[1]:
            parts[at - 1] = parts[at]


def _closing(text: str, lines: Sequence[Line], parts: Sequence[str], cues: Cues) -> range:
    """Return the lines of the closing: from the last salutation before the last appeal to the body's end."""
    rules = cues.closing
    end = next(
        (
            at
            for at, line in enumerate(lines)
            if parts[at] == "glossary"
            or (2 * at > len(lines) and rules.annex.match(text, line.words, line.end))
        ),
        len(lines),
    )
    for at in range(end - 1, max(end - 2 - rules.lines_after, 0), -1):
        line = lines[at]
        if not line.heading and rules.appeal.search(text[line.start : line.end]):
            before = range(at, max(at - rules.lines_before, 0), -1)
            found = (b for b in before if rules.salutation.match(text, lines[b].words, lines[b].end))
            return range(next(found, at), end)
    return range(0)


def _scores(text: str, lines: Sequence[Line], cues: Cues) -> tuple[list[list[float]], list[list[float]]]:
    """Return for each line what speaks for each part, and what it costs to begin each part there."""
    scores, costs = [], []
    anchored, anchor, below = False, "", False
    for line, row in zip(lines, _word_scores(text, lines, cues), strict=True):
        highest = line.depth == 1 and line.whole
        named, clear = _heading_cues(line, cues)
        if highest:
            anchored, anchor = clear, cues.states[named[0].part] if clear else ""
        first, below = below, highest
        if anchored:
            row = [value * cues.change["anchored_words"] for value in row]
        opened = set()
        for opening in cues.openings:
            early = opening.part in cues.only_opened and line.start < cues.opened_after * len(text)
            if not line.whole and not early and opening.pattern.match(text, line.words, line.end):
                row[opening.part] += opening.weight
                opened.add(opening.part)
                turning = opening.turns and not first
                if turning and cues.states[opening.part] in cues.turns.get(anchor, ()):
                    anchored = False
        for cue in named:
            row[cue.part] += cue.weight if highest else cue.deeper
        scores.append(row)
        titled = {cue.part for cue in named if not cue.only_alone and line.whole}
        costs.append(_costs(line, opened, titled, anchored and not highest, cues))
    return scores, costs


def _word_scores(text: str, lines: Sequence[Line], cues: Cues) -> list[list[float]]:
    for half, full in _FULL_WIDTH:
        text = text.replace(half, full)
    found = cues.words.find_matches_as_indexes(text)
    plan, front = cues.states.index("plan"), cues.states.index("front")
    rows = []
    number = 0
    for line in lines:
        words = [0.0] * (len(cues.states) + 1)
        while number < len(found) and found[number][1] < line.end:
            if found[number][1] >= line.start:
                part, weight = cues.weights[found[number][0]]
                words[part] += weight
            number += 1
        row = [min(value, cues.cap) for value in words]
        annual = row.pop()
        like_plan, row[plan] = row[plan], annual
        for part, share in cues.like_plan:
            row[part] += share * like_plan
        if line.end - line.start > cues.short["characters"]:
            row[front] -= cues.short["front"]
        rows.append(row)
    return rows


def _heading_cues(line: Line, cues: Cues) -> tuple[list[HeadingCue], bool]:
    """Return the cues that count for a heading, and whether it clearly names one part.

    Of several parts the one named first counts; vague cues count only where there is no other.
    """
    heading = normalise(line.heading)
    found = [
        (match.start(), cue) for cue in cues.headings if heading and (match := cue.pattern.search(heading))
    ]
    definite = [(at, cue) for at, cue in found if not cue.only_alone]
    clear = len({cue.part for _, cue in definite}) == 1
    found = definite or found
    first = min(found, key=lambda item: item[0])[1].part if found else -1
    return [cue for _, cue in found if cue.part == first], clear


def _costs(line: Line, opened: set[int], titled: set[int], anchored: bool, cues: Cues) -> list[float]:
    """Return what it costs to begin each part at a line: least where its heading or opening speaks for it."""
    kind = "paragraph"
    if line.heading:
        kind = "run_in" if not line.whole else "heading" if line.depth == 1 else "deeper"
    cost, opening, title = cues.change[kind], cues.change["opening"], cues.change["heading"]
    if anchored:
        cost += cues.change["anchored"]
        opening, title = cues.change["anchored_opening"], cues.change["anchored_heading"]
    costs = [min(cost, opening) if part in opened else cost for part in range(len(cues.states))]
    for part in cues.only_opened:
        costs[part] = costs[part] if part in opened else cues.change["anchored"]
    return [min(value, title) if part in titled else value for part, value in enumerate(costs)]


def _best_run(scores: list[list[float]], costs: list[list[float]], cues: Cues) -> list[int]:
    """Return the run of parts with the highest sum of scores less costs (Viterbi)."""
    every = range(len(cues.states))
    best = [score - cues.first[part] for part, score in enumerate(scores[0])]
    back: list[list[int]] = []
    for row, cost in zip(scores[1:], costs[1:], strict=True):
        step, origins = [], []
        for part in every:
            values = [best[b] - (cost[part] + cues.order[b][part] if b != part else 0.0) for b in every]
            top = max(values)
            origins.append(values.index(top))
            step.append(top + row[part])
        best = step
        back.append(origins)
    path = [best.index(max(best))]
    for origins in reversed(back):
        path.append(origins[path[-1]])
    return path[::-1]


def _with_named_sections(lines: Sequence[Line], parts: list[str], cues: Cues) -> list[str]:
    """Give the sections whose headings name a part of their own that part, down to the next such heading."""
    result = list(parts)
    for at, line in enumerate(lines):
        for cue in cues.sections:
            if (
                line.heading
                and line.depth <= cue.deepest
                and result[at] in cue.within
                and cue.pattern.search(line.heading)
            ):
                for below in range(at, len(lines)):
                    ended = below > at and lines[below].heading and lines[below].depth <= line.depth
                    if ended or (parts[below] != parts[at] and parts[below] in ("closing", "glossary")):
                        break
                    result[below] = cue.part
                break
    return result


def _end_sections(text: str, lines: Sequence[Line], parts: list[str], cues: Cues) -> None:
    """End a part that gives no heading to what follows it, where other matters begin."""
    part, pattern = cues.section_ends
    ended = False
    for at, line in enumerate(lines):
        begins = not ended and pattern.match(text, line.words, line.end) is not None
        ended = parts[at] == part and not line.heading and (ended or begins)
        if ended:
            parts[at] = "plan"


def _label_annex(text: str, lines: Sequence[Line], parts: list[str], at: int, cues: Cues) -> None:
    """Give the label of an annex (附件2, a title) and the few lines below it the part of the annex."""
    if not cues.closing.annex.match(text, lines[at].words, lines[at].end):
        return
    for below in range(at, min(at + cues.closing.lines_of_label + 1, len(parts))):
        if parts[below] in ("glossary", "livelihood") and lines[below].heading:
            parts[at:below] = [parts[below]] * (below - at)
            return
