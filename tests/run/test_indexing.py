"""A store has the tables of its folder, repeats only what changed, and never shows a damaged row."""

import json
import os
import shutil
import threading
import time
from contextlib import nullcontext
from pathlib import Path

import pandas as pd
import pytest

import workbench as wb
from workbench.errors import ParameterError, SeedError
from workbench.run import comparing_tasks, scanning, shard_tasks
from workbench.run.engine import Failed
from workbench.run.indexing import index, part_into_shards
from workbench.run.locks import locked
from workbench.run.scanning import Found
from workbench.run.stages import stages
from workbench.store.layout import RECORD, read_record
from workbench.tables import TABLES

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "seeds"


class Serial:
    """Does what an engine does, in this thread: the engine has tests of its own."""

    def run(self, function, tasks):
        for task in tasks:
            try:
                yield task, function(task)
            except Exception as error:
                yield task, Failed(error)


@pytest.fixture(autouse=True)
def _serial(monkeypatch):
    monkeypatch.setattr("workbench.run.indexing.open_engine", lambda options: nullcontext(Serial()))


def make(folder, store, **options):
    return index(folder, store, **options)


def assert_same(one, other):
    assert one.ids == other.ids
    assert dict(one.texts) == dict(other.texts)
    for name in TABLES:
        pd.testing.assert_frame_equal(getattr(one, name), getattr(other, name), obj=name)


def files_of(store, table="*"):
    return {path.name for path in store.glob(f"tables/{table}/*.parquet")}


@pytest.fixture
def store(corpus, tmp_path):
    """Return a store of the corpus of three invented reports."""
    make(corpus, tmp_path / "store")
    return tmp_path / "store"


def test_the_seeds_are_the_same_from_folder_and_store(tmp_path):
    made = make(SEEDS, tmp_path / "store")
    assert (made.documents, made.computed, made.failures) == (5, 5, {})
    assert_same(wb.read_corpus(SEEDS), wb.read_corpus(tmp_path / "store"))
    part = wb.read_corpus(tmp_path / "store").select(region="六合区")
    assert_same(wb.read_corpus(SEEDS).select(region="六合区"), part)
    assert part.other_ids == [name for name in wb.read_corpus(SEEDS).ids if name != "六合区_2023"]


def test_a_region_reads_its_own_shard_alone(tmp_path):
    make(SEEDS, tmp_path / "store")
    opened = wb.read_corpus(tmp_path / "store")
    assert len(opened.source.record.shards) > 1
    part = opened.select(region="六合区")
    assert len(part.sentences)
    assert dict(part.texts)
    shard = next(s for s in opened.source.record.shards if "六合区_2023" in s.documents)
    read = {path for path in opened.source._sound if path.startswith("tables/")}
    assert read == {shard.tables[name].path for name in ("sentences", "readings")}


def test_nothing_is_computed_twice(corpus, store, monkeypatch):
    before = {path: path.stat().st_mtime_ns for path in store.rglob("*.parquet")}
    again = make(corpus, store)
    assert again.computed == 0
    assert {path: path.stat().st_mtime_ns for path in store.rglob("*.parquet")} == before


def test_a_new_report_costs_that_report(corpus, store, tmp_path, monkeypatch):
    asked = []
    compute = shard_tasks.Corpus

    def watched(source, **options):
        asked.extend(source.document_ids)
        return compute(source, **options)

    monkeypatch.setattr(shard_tasks, "Corpus", watched)
    (corpus / "乙市_2023.txt").write_text(
        "乙市政府工作报告\n二、2023年工作安排\n地区生产总值增长5%。\n", "utf-8"
    )
    make(corpus, store)
    assert asked == ["乙市_2023"]
    make(corpus, tmp_path / "fresh")
    assert_same(wb.read_corpus(tmp_path / "fresh"), wb.read_corpus(store))
    assert files_of(store) == files_of(tmp_path / "fresh")


@pytest.mark.parametrize("change", ["change", "remove", "damage", "manifest"])
def test_a_renewed_store_is_that_of_a_fresh_run(corpus, store, tmp_path, change):
    if change == "change":
        (corpus / "乙市_2024.txt").write_text("乙市政府工作报告\n增长9%。\n", "utf-8")
    elif change == "remove":
        (corpus / "乙市_2024.txt").unlink()
    elif change == "damage":
        (corpus / "乙市_2024.txt").write_bytes(b"\x00\xff" * 40)
    else:
        (corpus / "documents.csv").write_text("document_id,region\n乙市_2024,丁市\n", "utf-8")
    make(corpus, store)
    make(corpus, tmp_path / "fresh")
    assert_same(wb.read_corpus(corpus), wb.read_corpus(store))
    assert files_of(store) == files_of(tmp_path / "fresh")


def test_a_file_that_changes_or_vanishes_during_the_run_is_settled_by_the_next(
    corpus, store, tmp_path, monkeypatch
):
    gone, changed = corpus / "甲区_2024.txt", corpus / "乙市_2024.txt"
    gone_text = gone.read_text("utf-8")

    def disturbed(task):
        gone.unlink(missing_ok=True)  # it was listed, and is no more when it is to be read
        done = scanning.scan(task)
        changed.write_text("乙市政府工作报告\n增长9%。\n", "utf-8")  # after it was read
        return done

    before = changed.read_text("utf-8")
    with monkeypatch.context() as patch:
        patch.setattr("workbench.run.indexing.scan", disturbed)
        make(corpus, tmp_path / "disturbed")
    opened = wb.read_corpus(tmp_path / "disturbed")
    assert opened.texts["乙市_2024"] == before
    assert "甲区_2024" not in opened.texts
    [problem] = [reading.problem for reading in opened.readings if reading.document_id == "甲区_2024"]
    assert "甲区_2024.txt" in problem
    gone.write_text(gone_text, "utf-8")
    make(corpus, tmp_path / "disturbed")
    make(corpus, tmp_path / "fresh")
    assert_same(wb.read_corpus(tmp_path / "fresh"), wb.read_corpus(tmp_path / "disturbed"))
    assert files_of(tmp_path / "disturbed") == files_of(tmp_path / "fresh")


def test_clocks_and_time_zones_change_nothing(corpus, store, monkeypatch):
    for path in corpus.rglob("*.txt"):
        os.utime(path, (0, 0))
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    time.tzset()
    try:
        assert make(corpus, store).computed == 0
    finally:
        monkeypatch.delenv("TZ")
        time.tzset()


def test_panels_made_one_by_one_and_together_are_the_same_bytes(tmp_path, monkeypatch):
    make(SEEDS, tmp_path / "together")
    monkeypatch.setattr(comparing_tasks, "PANELS_AT_ONCE", 1)
    make(SEEDS, tmp_path / "alone")
    together, alone = (read_record(tmp_path / name).shards for name in ("together", "alone"))
    assert len(alone) > 1
    assert [shard.tables["target_panel"] for shard in together] == [s.tables["target_panel"] for s in alone]


def test_a_panel_changes_with_the_report_of_the_next_year(corpus, store):
    panel = wb.read_corpus(store).target_panel
    assert set(panel.loc[panel["document_id"] == "甲区_2023", "result_document_id"]) == {"甲区_2024"}
    (corpus / "甲区_2024.txt").unlink()
    make(corpus, store)
    panel = wb.read_corpus(store).target_panel
    assert set(panel.loc[panel["document_id"] == "甲区_2023", "result_document_id"]) == {""}


def test_a_changed_lexicon_makes_anew_what_depends_on_it_and_nothing_else(corpus, store, monkeypatch):
    before = {name: files_of(store, name) for name in (*stages(), "readings")}
    changed = {n for n, s in stages().items() if any(p.name == "theme_terms.csv" for p in s.lexicons)}
    assert changed == {"theme_matches", "sentence_themes"}
    digest = "workbench.run.indexing.stage_digest"
    from workbench.run.stages import stage_digest

    monkeypatch.setattr(digest, lambda name: stage_digest(name) + ("x" if name in changed else ""))
    make(corpus, store)
    after = {name: files_of(store, name) for name in before}
    assert {name for name in before if before[name] != after[name]} == changed
    assert_same(wb.read_corpus(corpus), wb.read_corpus(store))


def test_each_data_file_that_a_table_opens_is_among_its_lexicons():
    import subprocess
    import sys

    program = """
import sys
opened = set()
def note(event, arguments):
    path = str(arguments[0]) if event == "open" else ""
    if "/lexicons/" in path and not path.endswith((".py", ".pyc")):
        opened.add(path.split("/lexicons/")[1])
sys.addaudithook(note)
from workbench.pipeline import read_corpus
from workbench.run.stages import stages
corpus = read_corpus(sys.argv[1])
for name, stage in stages().items():
    opened.clear()
    getattr(corpus, name)
    unknown = opened - {path.name for path in stage.lexicons}
    assert not unknown, (name, unknown)
"""
    subprocess.run([sys.executable, "-c", program, str(SEEDS)], check=True, cwd=ROOT)


@pytest.mark.parametrize(
    ("table", "damage"),
    [("sentences", "cut"), ("readings", "flip"), ("documents", "flip"), ("target_panel", "gone")],
)
def test_a_damaged_file_is_never_read_and_made_again(corpus, store, table, damage):
    record = read_record(store)
    file = record.whole[table] if table == "documents" else record.shards[0].tables[table]
    path = store / file.path
    data = bytearray(path.read_bytes())
    if damage == "gone":
        path.unlink()
    else:
        data[len(data) // 2] ^= 1
        path.write_bytes(data[:-9] if damage == "cut" else data)
    read = wb.read_corpus(store)
    with pytest.raises(SeedError, match="as they were written, found .* mend the store with"):
        dict(read.texts) if table == "readings" else getattr(read, table)
    assert make(corpus, store).mended == 1
    assert_same(wb.read_corpus(corpus), wb.read_corpus(store))


def test_a_store_of_another_version_is_refused(corpus, store):
    path = store / RECORD
    path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), "format": 99}), "utf-8")
    for use in (lambda: wb.read_corpus(store), lambda: make(corpus, store)):
        with pytest.raises(SeedError, match="expected a store of format 1, found format 99"):
            use()


def test_a_store_of_another_corpus_is_refused(store, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    (other / "丙县_2024.txt").write_text("丙县政府工作报告\n增长3%。\n", "utf-8")
    with pytest.raises(SeedError, match="expected a store of .*other, found one of .*corpus"):
        make(other, store)


def test_a_half_deleted_store_says_so_and_is_mended(corpus, store):
    (store / RECORD).unlink()
    with pytest.raises(SeedError, match="expected the record of a store, found No such file"):
        wb.read_corpus(store)
    shutil.rmtree(store / "tables" / "sentences")
    make(corpus, store)
    assert_same(wb.read_corpus(corpus), wb.read_corpus(store))


def test_a_store_inside_the_corpus_is_refused(corpus):
    with pytest.raises(SeedError, match="expected a store outside the corpus folder"):
        make(corpus, corpus / "store")


def test_a_second_run_waits_or_stops_with_a_word(corpus, tmp_path, capsys):
    with (
        locked(tmp_path / "store"),
        pytest.raises(ParameterError, match="another run writes into .*; wait until it has ended"),
    ):
        make(corpus, tmp_path / "store", patience=0)
    results = []
    runs = [
        threading.Thread(target=lambda: results.append(make(corpus, tmp_path / "store"))) for _ in range(2)
    ]
    for run in runs:
        run.start()
    for run in runs:
        run.join()
    assert sorted(result.computed for result in results) == [0, 3]


def test_a_document_that_stops_a_table_stops_no_other(corpus, tmp_path, monkeypatch):
    find = shard_tasks.Corpus.statements.func

    def fragile(self):
        if "乙市_2024" in self.texts:
            raise ZeroDivisionError("no such value")
        return find(self)

    monkeypatch.setattr(shard_tasks.Corpus.statements, "func", fragile)
    made = make(corpus, tmp_path / "store")
    assert made.failures == {"乙市_2024": "ZeroDivisionError: no such value"}
    read = wb.read_corpus(tmp_path / "store")
    assert set(read.documents["document_id"]) == {"甲区_2023", "甲区_2024"}
    message = read.findings.set_index("document_id").loc["乙市_2024", "message"]
    assert "ZeroDivisionError: no such value" in message
    monkeypatch.undo()
    assert make(corpus, tmp_path / "store").failures == {}
    assert_same(wb.read_corpus(corpus), wb.read_corpus(tmp_path / "store"))


def test_shards_follow_from_the_documents_alone():
    def found(number):
        return Found(wb_reading(f"{number:04d}市_2020"), "")

    documents = [found(number) for number in range(0, 2000, 2)]
    shards = part_into_shards(documents, 16)
    assert [item for shard in shards for item in shard] == documents
    assert max(map(len, shards)) <= 32
    more = sorted([*documents, found(777)], key=lambda item: item.reading.document_id)
    names = {tuple(item.reading.document_id for item in shard) for shard in shards}
    changed = [s for s in part_into_shards(more, 16) if tuple(i.reading.document_id for i in s) not in names]
    assert len(changed) <= 4


def wb_reading(document_id):
    from workbench.corpus.readers import Reading

    return Reading(document_id, f"{document_id}.txt", "", "utf-8", "")
