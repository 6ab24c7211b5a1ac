"""Letters of the documents and the shingles (runs of k letters) they are made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from workbench.errors import ParameterError
from workbench.tables import PARTS

_FULL_WIDTH = 0xFEE0
_BASE = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True)
class Letters:
    """What counts of each text: letters, Chinese characters and digits of its sentences, in order.

    Attributes
    ----------
    document_ids : list of str
    codes : array of uint32
        Code points, one document after another; full-width digits and Latin letters as half-width.
    places : array of int64
        Offset of each letter in the unchanged text of its document.
    bounds : array of int64
        Document i has the letters ``bounds[i]`` to ``bounds[i + 1]``.
    """

    document_ids: list[str]
    codes: npt.NDArray[np.uint32]
    places: npt.NDArray[np.int64]
    bounds: npt.NDArray[np.int64]

    def document_numbers(self) -> npt.NDArray[np.int32]:
        """Return the number of the document of each letter."""
        return np.repeat(np.arange(len(self.document_ids), dtype=np.int32), np.diff(self.bounds))


def read_letters(
    texts: Mapping[str, str], sentences: pd.DataFrame, *, parts: Sequence[str] | None = None
) -> Letters:
    """Take the letters of the sentences, of all or of some parts of the reports.

    Noise stands in no sentence, so it never counts; nor do blanks, punctuation and marks, which
    editions of one text set differently.

    Raises
    ------
    ParameterError
        A part that is not declared.
    """
    unknown = sorted(set(parts or ()) - set(PARTS))
    if unknown:
        raise ParameterError(f"parts: expected some of {', '.join(PARTS)}; found {', '.join(unknown)}.")
    chosen = sentences if parts is None else sentences[sentences["part"].isin(parts)]
    places_of = chosen.groupby("document_id").indices
    borders = chosen[["start", "end"]].to_numpy()
    codes, places, bounds = [], [], [0]
    for name, text in texts.items():
        points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        points = np.where((points >= 0xFF10) & (points <= 0xFF5A), points - _FULL_WIDTH, points)
        inside = np.zeros(len(points) + 1, dtype=np.int32)
        own = borders[places_of.get(name, [])]
        np.add.at(inside, own[:, 0], 1)
        np.add.at(inside, own[:, 1], -1)
        kept = np.flatnonzero((inside.cumsum()[:-1] > 0) & _letter_table()[points])
        codes.append(points[kept])
        places.append(kept)
        bounds.append(bounds[-1] + len(kept))
    return Letters(
        list(texts),
        np.concatenate([*codes, np.array([], dtype=np.uint32)]).astype(np.uint32),
        np.concatenate([*places, np.array([], dtype=np.int64)]).astype(np.int64),
        np.array(bounds, dtype=np.int64),
    )


@cache
def _letter_table() -> npt.NDArray[np.bool_]:
    return np.fromiter((chr(point).isalnum() for point in range(0x110000)), dtype=bool, count=0x110000)


def hash_shingles(letters: Letters, size: int) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.int64]]:
    """Hash each run of `size` letters that stays within one document.

    The hash is a polynomial of 64 bits: that two of ten million different shingles share one has a
    probability below 10**-5.

    Returns
    -------
    hashes, positions
        The hash of each shingle and where it starts among the letters.
    """
    if size < 1:
        raise ParameterError(f"shingle: expected a length of at least 1, found {size}.")
    count = max(len(letters.codes) - size + 1, 0)
    hashes = np.zeros(count, dtype=np.uint64)
    codes = letters.codes.astype(np.uint64)
    for step in range(size):
        hashes = hashes * _BASE + codes[step : step + count] + np.uint64(1)
    hashes ^= hashes >> np.uint64(29)
    numbers = letters.document_numbers()
    positions = np.flatnonzero(numbers[:count] == numbers[size - 1 : size - 1 + count])
    return hashes[positions], positions


def count_matrix(documents: npt.NDArray[Any], features: npt.NDArray[Any], rows: int) -> Any:
    """Return the sparse matrix of counts, one row a document and one column a distinct feature."""
    from scipy.sparse import csr_matrix

    distinct, columns = np.unique(features, return_inverse=True)
    counts = np.ones(len(columns), dtype=np.float64)
    return csr_matrix((counts, (documents, columns)), shape=(rows, len(distinct)))
