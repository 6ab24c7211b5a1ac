"""How alike two reports are: cosine, Jaccard and containment, each named with its variant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from workbench.declaration import Column, Table
from workbench.errors import ParameterError, TableError
from workbench.measures.shingles import Letters, count_matrix, hash_shingles, read_letters

MEASURES = {
    "cosine_tfidf_words": "cosine of tf-idf vectors of words",
    "cosine_tfidf_bigrams": "cosine of tf-idf vectors of character pairs",
    "jaccard_shingles": "shared shingles / shingles of either",
    "containment_shingles": "shared shingles / shingles of the one that has fewer",
    "share_in_other": "shared shingles / shingles of the first: what part of it stands in the other",
}
DIRECTED = ("share_in_other",)

SIMILARITIES = Table(
    "similarities",
    "pair of documents and measure",
    ("document_id", "other_document_id", "measure"),
    {
        "document_id": Column("str", "document, REGION_YEAR"),
        "other_document_id": Column("str", "the document it is compared with"),
        "measure": Column("str", "which similarity", codes=tuple(MEASURES)),
        "value": Column("float64", "similarity, 0 to 1; missing where either has no text", nullable=True),
    },
)


def measure_similarity(
    texts: Mapping[str, str],
    sentences: pd.DataFrame,
    *,
    measures: Sequence[str] = ("cosine_tfidf_bigrams", "jaccard_shingles", "containment_shingles"),
    parts: Sequence[str] | None = None,
    pairs: pd.DataFrame | None = None,
    tokens: pd.DataFrame | None = None,
    shingle: int = 8,
) -> pd.DataFrame:
    """Measure how alike documents are, all with all or given pairs.

    Parameters
    ----------
    texts : mapping of document_id to unchanged text
    sentences : DataFrame
        SENTENCES of the same texts; only their letters and digits count, so neither noise nor
        punctuation does.
    measures : sequence of str
        Of MEASURES. tf-idf is the raw count times ln((1 + n) / (1 + df)) + 1 over the n documents
        of `texts` (scikit-learn's smoothed idf), so a cosine depends on the collection.
    parts : sequence of str, optional
        Compare these parts of the reports only (`review`, `plan` …).
    pairs : DataFrame, optional
        document_id and other_document_id, as `pair_relatives` gives them. By default each pair
        once, in the order of `texts`, and both ways round for `share_in_other`.
    tokens : DataFrame, optional
        TOKENS, for `cosine_tfidf_words`; the result then depends on the segmentation.
    shingle : int
        Letters in a shingle. Eight is longer than most terms, so sharing them is sharing wording.

    Returns
    -------
    DataFrame
        SIMILARITIES: document_id, other_document_id, measure, value.

    Raises
    ------
    ParameterError
        An unknown measure, or words asked for without `tokens`.
    TableError
        A pair with a document that is not among the texts.
    """
    _check_measures(measures, tokens)
    letters = read_letters(texts, sentences, parts=parts)
    both = _numbered_pairs(letters.document_ids, pairs)
    frames = []
    for space in dict.fromkeys(_space(measure) for measure in measures):
        matrix = _vectors(space, letters, shingle)
        if space == "words" and tokens is not None:
            matrix = _weigh(_count_words(letters.document_ids, tokens, sentences, parts))
        products = _dot(matrix, *both)
        for measure in (name for name in measures if _space(name) == space):
            values = _compare(measure, matrix, products, *both)
            frames.append(_frame(letters.document_ids, *both, measure, values))
            if pairs is None and measure in DIRECTED:
                back = both[::-1]
                values = _compare(measure, matrix, products, *back)
                frames.append(_frame(letters.document_ids, *back, measure, values))
    return SIMILARITIES.check(pd.concat(frames, ignore_index=True) if frames else SIMILARITIES.empty())


def find_similar(
    texts: Mapping[str, str],
    sentences: pd.DataFrame,
    *,
    threshold: float = 0.5,
    permutations: int = 256,
    shingle: int = 8,
    seed: int = 1,
) -> pd.DataFrame:
    """Find the pairs of a large corpus whose Jaccard similarity is about `threshold` or more.

    For corpora too large to compare all with all, and for finding two versions of one report: MinHash
    signatures in a locality-sensitive index (Broder 1997; Leskovec, Rajaraman & Ullman, ch. 3;
    the library datasketch). The value is an estimate with a standard error of sqrt(J (1 - J) /
    permutations), at most 0.031 with 256; near the threshold pairs are missed and others let in.
    Measure the pairs found with `measure_similarity` for exact values.

    Returns
    -------
    DataFrame
        document_id, other_document_id, estimate, standard_error (of the estimate); only pairs
        estimated at `threshold` or more.
    """
    from datasketch import MinHash, MinHashLSH

    letters = read_letters(texts, sentences)
    hashes, positions = hash_shingles(letters, shingle)
    cuts = np.searchsorted(positions, letters.bounds)
    index = MinHashLSH(threshold=threshold, num_perm=permutations)
    signatures: dict[str, Any] = {}
    rows = []
    for number, name in enumerate(letters.document_ids):
        own = np.unique(hashes[cuts[number] : cuts[number + 1]] & np.uint64(0xFFFFFFFF))
        if not len(own):
            continue
        signature = MinHash(num_perm=permutations, seed=seed, hashfunc=int)
        signature.update_batch(own.tolist())
        for other in index.query(signature):
            rows.append((other, name, signatures[other].jaccard(signature)))
        signatures[name] = signature
        index.insert(name, signature)
    found = pd.DataFrame(rows, columns=["document_id", "other_document_id", "estimate"])
    spread = (found["estimate"] * (1 - found["estimate"]) / permutations) ** 0.5
    likely = found.assign(standard_error=spread)[found["estimate"] >= threshold]
    return likely.sort_values(["document_id", "other_document_id"], ignore_index=True)


def _check_measures(measures: Sequence[str], tokens: pd.DataFrame | None) -> None:
    unknown = [name for name in measures if name not in MEASURES]
    if unknown:
        raise ParameterError(f"measures: expected some of {', '.join(MEASURES)}; found {', '.join(unknown)}.")
    if "cosine_tfidf_words" in measures and tokens is None:
        raise ParameterError(
            "measures: cosine_tfidf_words needs `tokens`, found none; pass them or use cosine_tfidf_bigrams."
        )


def _numbered_pairs(names: list[str], pairs: pd.DataFrame | None) -> tuple[np.ndarray, np.ndarray]:
    if pairs is None:
        one, other = np.triu_indices(len(names), k=1)
        return one, other
    numbers = {name: number for number, name in enumerate(names)}
    asked = pairs[["document_id", "other_document_id"]].drop_duplicates()
    unknown = sorted(set(asked.to_numpy().ravel()) - set(numbers))
    if unknown:
        raise TableError(f"pairs: expected documents among the texts; found also {', '.join(unknown[:10])}.")
    one, other = (asked[column].map(numbers).to_numpy(dtype=np.int64) for column in asked.columns)
    return one, other


def _space(measure: str) -> str:
    """Return what a measure compares: shingles, or tf-idf vectors of words or of bigrams."""
    return measure.rsplit("_", 1)[-1] if measure.startswith("cosine") else "shingles"


def _vectors(space: str, letters: Letters, shingle: int) -> Any:
    """Return unit tf-idf rows of bigrams, or rows of ones where a document has a shingle."""
    bigrams = space == "bigrams"
    hashes, positions = hash_shingles(letters, 2 if bigrams else shingle)
    numbers = letters.document_numbers()[positions]
    counts = count_matrix(numbers, hashes, len(letters.document_ids))
    if bigrams:
        return _weigh(counts)
    counts.data[:] = 1.0
    return counts


def _count_words(
    names: list[str], tokens: pd.DataFrame, sentences: pd.DataFrame, parts: Sequence[str] | None
) -> Any:
    used = tokens[tokens["document_id"].isin(names)]
    if parts is not None:
        chosen = sentences.loc[sentences["part"].isin(parts), ["document_id", "sentence"]]
        used = used.astype({"document_id": "str"}).merge(chosen, on=["document_id", "sentence"])
    used = used.astype({"document_id": "category", "token": "category"})
    documents = pd.Index(names).get_indexer(used["document_id"].cat.categories)
    words = np.asarray(used["token"].cat.categories.astype("str").str.contains(r"\w", regex=True))
    token_codes = used["token"].cat.codes.to_numpy()
    kept = words[token_codes]
    return count_matrix(
        documents[used["document_id"].cat.codes.to_numpy()[kept]], token_codes[kept], rows=len(names)
    )


def _weigh(counts: Any) -> Any:
    from sklearn.feature_extraction.text import TfidfTransformer

    if not counts.shape[1]:
        return counts
    return TfidfTransformer(norm="l2", use_idf=True, smooth_idf=True).fit_transform(counts).tocsr()


def _compare(
    measure: str, matrix: Any, products: np.ndarray, one: np.ndarray, other: np.ndarray
) -> np.ndarray:
    sizes = np.diff(matrix.indptr).astype(np.float64)
    filled = (sizes[one] > 0) & (sizes[other] > 0)
    if measure.startswith("cosine"):
        return np.where(filled, np.clip(products, 0.0, 1.0), np.nan)
    whole = {
        "jaccard_shingles": sizes[one] + sizes[other] - products,
        "containment_shingles": np.minimum(sizes[one], sizes[other]),
        "share_in_other": sizes[one],
    }[measure]
    return np.where(filled, products / np.where(filled, whole, 1.0), np.nan)


def _dot(matrix: Any, one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Return the products of the paired rows: all at once where most pairs are asked for."""
    rows = matrix.shape[0]
    if len(one) * 8 >= rows * rows and rows <= 5000:
        products = (matrix @ matrix.T).toarray()
        return np.asarray(products[one, other], dtype=np.float64)
    block = 2048
    pieces = [
        np.asarray(matrix[one[at : at + block]].multiply(matrix[other[at : at + block]]).sum(axis=1)).ravel()
        for at in range(0, len(one), block)
    ]
    return np.concatenate([*pieces, np.zeros(0)])


def _frame(
    names: list[str], one: np.ndarray, other: np.ndarray, measure: str, values: np.ndarray
) -> pd.DataFrame:
    known = np.array(names, dtype=object)
    return pd.DataFrame(
        {"document_id": known[one], "other_document_id": known[other], "measure": measure, "value": values}
    )


def nearest_report(
    similarity: pd.DataFrame, documents: pd.DataFrame, document_id: str
) -> dict[str, str | int]:
    """Return region and year of the report most like one; the report's own where there is no other.

    Parameters
    ----------
    similarity : DataFrame
        document_id, other_document_id, value of one measure; each pair once.
    documents : DataFrame
        DOCUMENTS.
    """
    mine = similarity[similarity[["document_id", "other_document_id"]].eq(document_id).any(axis=1)]
    nearest = document_id
    if len(mine):
        best = mine.loc[mine["value"].idxmax()]
        nearest = best["other_document_id"] if best["document_id"] == document_id else best["document_id"]
    row = documents.set_index("document_id").loc[nearest]
    return {"region": str(row["region"]), "year": 0 if pd.isna(row["year"]) else int(row["year"])}
