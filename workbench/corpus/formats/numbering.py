"""Numbers that Word writes itself before a paragraph (一、 （一） 1.), which are not in its text."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

_DIGITS = "零一二三四五六七八九"
_CHINESE = {
    "chineseCounting", "chineseCountingThousand", "chineseLegalSimplified", "ideographDigital",
    "japaneseCounting", "taiwaneseCounting", "taiwaneseCountingThousand",
}  # fmt: skip
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class Numbering:
    """Counts the numbered paragraphs of a document in order and gives each its label."""

    def __init__(self, document: Any) -> None:
        """Read the lists and styles of a python-docx document."""
        self._levels: dict[tuple[str, int], tuple[str, str, int]] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        self._styles = {style.style_id: style.element for style in document.styles}
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError):
            return
        abstract = {node.get(f"{_W}abstractNumId"): node for node in root.iter(f"{_W}abstractNum")}
        for number in root.iter(f"{_W}num"):
            link = number.find(f"{_W}abstractNumId")
            node = abstract.get(link.get(f"{_W}val")) if link is not None else None
            for level in node.iter(f"{_W}lvl") if node is not None else ():
                key = (number.get(f"{_W}numId"), int(level.get(f"{_W}ilvl")))
                start = int(_value(level, "start") or 1)
                self._levels[key] = (_value(level, "numFmt"), _value(level, "lvlText"), start)

    def label(self, paragraph: Any) -> str:
        """Return the number that Word shows before the paragraph, empty where there is none."""
        number, depth = self._place(paragraph)
        if (number, depth) not in self._levels:
            return ""
        counts = self._counts[number]
        counts[depth] = counts.get(depth, self._levels[number, depth][2] - 1) + 1
        for deeper in [level for level in counts if level > depth]:
            del counts[deeper]
        label = self._levels[number, depth][1]
        if self._levels[number, depth][0] in ("bullet", "none"):
            return ""
        for level in range(depth + 1):
            kind, _, start = self._levels.get((number, level), ("decimal", "", 1))
            label = label.replace(f"%{level + 1}", _write(counts.get(level, start), kind))
        return label

    def _place(self, paragraph: Any) -> tuple[str, int]:
        """Return the list and depth of a paragraph: its own, else those of its style."""
        found = paragraph.find(f"{_W}pPr/{_W}numPr")
        if found is None:
            style = paragraph.find(f"{_W}pPr/{_W}pStyle")
            element = self._styles.get(style.get(f"{_W}val")) if style is not None else None
            found = element.find(f"{_W}pPr/{_W}numPr") if element is not None else None
        if found is None:
            return "", 0
        return _value(found, "numId"), int(_value(found, "ilvl") or 0)


def _value(node: Any, name: str) -> str:
    child = node.find(f"{_W}{name}")
    return child.get(f"{_W}val") or "" if child is not None else ""


def _write(number: int, kind: str) -> str:
    if kind not in _CHINESE or number > 99:
        return str(number)
    if kind == "ideographDigital" or number < 10:
        return "".join(_DIGITS[int(digit)] for digit in str(number))
    tens, ones = divmod(number, 10)
    return (_DIGITS[tens] if tens > 1 else "") + "十" + (_DIGITS[ones] if ones else "")
