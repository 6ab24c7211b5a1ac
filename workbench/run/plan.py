"""Which notebooks are to be run for which documents, with which parameters."""

from __future__ import annotations

import difflib
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from workbench.errors import ParameterError, SeedError
from workbench.run.provenance import digest, digest_corpus, digest_notebook, digest_package
from workbench.run.records import Run
from workbench.run.relatives import find_relatives, list_related

if TYPE_CHECKING:
    from workbench.pipeline import Corpus


def repository_root() -> Path:
    """Return the folder with ``notebooks``: the repository of this package, else the working folder."""
    beside = Path(__file__).resolve().parents[2]
    return beside if (beside / "notebooks").is_dir() else Path.cwd()


def find_notebooks(names: Sequence[str], root: Path) -> list[Path]:
    """Return the notebooks called `names` (name, number or path), or all in ``notebooks/`` for reports.

    A notebook that is no report on a region says so in its metadata, ``"workbench": {"batch": false}``;
    it is run when it is named.

    Raises
    ------
    ParameterError
        No notebook, or more than one, has the name.
    """
    listed = sorted((root / "notebooks").glob("[!.]*.ipynb"))
    if not names:
        if not listed:
            raise SeedError(f"{root / 'notebooks'}: expected notebooks (*.ipynb), found none.")
        return [path for path in listed if _is_for_batches(path)]
    return list(dict.fromkeys(_find_notebook(name, listed) for name in names))


def _find_notebook(name: str, listed: Sequence[Path]) -> Path:
    path = Path(name)
    if path.suffix == ".ipynb" and path.is_file():
        return path.resolve()
    found = [p for p in listed if p.stem == path.stem] or [p for p in listed if p.stem.startswith(name)]
    if len(found) != 1:
        stems = [p.stem for p in listed]
        raise ParameterError(f"there is no notebook {name!r}; {nearest(name, stems)}")
    return found[0]


def _is_for_batches(notebook: Path) -> bool:
    metadata = json.loads(notebook.read_text(encoding="utf-8")).get("metadata", {})
    return bool(metadata.get("workbench", {}).get("batch", True))


def check_parameters(notebook: Path, given: Iterable[str]) -> None:
    """Refuse parameters that a notebook does not declare in the cell tagged ``parameters``.

    papermill writes names into that cell as they are, so a name has to be an identifier.
    """
    import papermill

    declared = papermill.inspect_notebook(str(notebook))
    for name in given:
        if not name.isidentifier() or name not in declared:
            raise ParameterError(
                f"notebook {notebook.stem} has no parameter {name!r}; "
                f"it takes {', '.join(declared) or 'none'}. Declare it in the cell tagged 'parameters'."
            )


def select_documents(
    documents: pd.DataFrame, *, regions: Sequence[str] = (), years: Sequence[int] = ()
) -> pd.DataFrame:
    """Return the DOCUMENTS of these regions (name or GB/T 2260 code) and years; all if none is named.

    Raises
    ------
    ParameterError
        A region or year that no document has, or none that has both.
    """
    names = documents["region"].astype(str)
    codes = documents["region_code"].fillna("").astype(str)
    for region in regions:
        if not ((names == region) | ((codes == region) & (codes != ""))).any():
            raise ParameterError(f"the corpus has no region {region!r}; {nearest(region, names)}")
    for year in years:
        if not (documents["year"] == year).fillna(False).any():
            close = sorted(map(int, _years(documents)), key=lambda known: abs(known - year))[:5]
            raise ParameterError(
                f"the corpus has no year {year}; nearest: {', '.join(map(str, close)) or 'none is known'}."
            )
    chosen = pd.Series(True, index=documents.index)
    if regions:
        chosen &= names.isin(regions) | codes.isin(regions)
    if years:
        chosen &= documents["year"].isin(years).fillna(False).astype(bool)
    if not chosen.any():
        has = _years(documents[names.isin(regions) | codes.isin(regions)])
        raise ParameterError(
            f"no document is of {', '.join(regions)} and {', '.join(map(str, years))}; "
            f"the corpus has {', '.join(has)} for it."
        )
    return documents[chosen]


def nearest(asked: str, known: Iterable[str]) -> str:
    """Return what to say of an unknown name: the known names nearest to it, or some of them."""
    names = list(dict.fromkeys(known))
    # One character in common is much in a name of three.
    close = difflib.get_close_matches(asked, names, n=5, cutoff=0.3)
    if close:
        return f"nearest: {', '.join(close)}."
    more = f" and {len(names) - 10} more" if len(names) > 10 else ""
    return f"it has {', '.join(names[:10])}{more}."


def _years(documents: pd.DataFrame) -> list[str]:
    return [str(year) for year in sorted(documents["year"].dropna().unique())]


def plan_runs(
    corpus: Corpus,
    documents: pd.DataFrame,
    notebooks: Sequence[Path],
    *,
    out: Path,
    root: Path,
    parameters: Mapping[str, Any] | None = None,
) -> list[Run]:
    """List one run for each of `documents` (rows of DOCUMENTS) and `notebooks`, with its digest.

    Of several versions of a report the longest is run, as `Corpus.report` takes it; a report without
    a year only where its region has none with one.
    """
    shared = {"corpus": corpus_parameter(corpus.folder, root), **(parameters or {})}
    for notebook in notebooks:
        check_parameters(notebook, [*shared, "region", "year"])
    inputs = digest(digest_corpus(corpus.documents, corpus.folder), digest_package())
    sources = {notebook: digest_notebook(notebook) for notebook in notebooks}
    relatives = find_relatives(one_version(corpus.documents))
    runs = []
    for row in one_version(documents).itertuples():
        region, year = str(row.region), whole_year(row.year) or 0
        for notebook in notebooks:
            chosen = {**shared, "region": region, "year": year}
            known_by = digest(inputs, sources[notebook], chosen)
            beside = list_related(relatives, str(row.document_id))
            runs.append(
                Run(notebook, str(row.document_id), region, year or None, chosen, out, known_by, beside)
            )
    return runs


def one_version(documents: pd.DataFrame) -> pd.DataFrame:
    """Return the DOCUMENTS that region and year alone lead to, by region and year."""
    order = documents.sort_values(["region", "year", "characters"], kind="stable")
    longest = order.drop_duplicates(["region", "year"], keep="last")
    dated = longest["region"].isin(longest.loc[longest["year"].notna(), "region"])
    return longest[longest["year"].notna() | ~dated]


def whole_year(year: Any) -> int | None:
    """Return a value of DOCUMENTS' ``year`` as a plain number; None where it is not known."""
    return None if pd.isna(year) else int(year)


def corpus_parameter(corpus: Path, root: Path) -> str:
    """Return the corpus as notebooks get it: relative to the repository where it lies in it."""
    folder = Path(os.path.abspath(corpus))
    return folder.relative_to(root).as_posix() if folder.is_relative_to(root) else str(folder)
