from pathlib import Path

import pandas as pd

from workbench.corpus.documents import describe_documents
from workbench.corpus.readers import Reading, read_folder
from workbench.tables import NOISE

SEEDS = Path(__file__).parents[2] / "seeds"


def test_describe_documents_follows_the_manifest_of_the_seeds():
    manifest = pd.read_csv(SEEDS / "documents.csv", dtype=str, keep_default_na=False).set_index("document_id")
    documents = describe_documents(read_folder(SEEDS), NOISE.empty()).set_index("document_id")
    for column in ("region", "region_code", "level", "parent", "province", "genre", "title", "sha256"):
        assert documents[column].to_dict() == manifest[column].to_dict()


def test_describe_documents_takes_the_code_of_the_year():
    readings = [
        Reading(f"{name}_{year}", "", "正文。", "utf-8", "")
        for name, year in (("江宁县", 1998), ("江宁区", 2003))
    ]
    documents = describe_documents(readings, NOISE.empty())
    assert list(documents["region_code"]) == ["320121", "320115"]
    assert set(documents["parent"]) == {"南京市"}
