"""The command line: every command has help, says what is wrong in a sentence, and exits with 0, 1 or 2."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from workbench import cli
from workbench.run.records import RunRecord
from workbench.tables import STATEMENTS

SEEDS = Path(__file__).parent.parent / "seeds"
COMMANDS = sorted(next(a for a in cli.parser()._actions if a.metavar == "COMMAND").choices)


@pytest.fixture
def corpus(tmp_path):
    folder = tmp_path / "corpus"
    folder.mkdir()
    text = (
        "甲区政府工作报告\n一、2023年工作回顾\n增长6.1%。\n二、2024年工作安排\n地区生产总值增长5.5%左右。\n"
    )
    (folder / "甲区_2024.txt").write_text(text, encoding="utf-8")
    return folder


def run(*arguments):
    return cli.main([str(argument) for argument in arguments])


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command, capsys):
    with pytest.raises(SystemExit) as ended:
        run(command, "--help")
    assert ended.value.code == 0
    assert f"usage: workbench {command}" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [[], ["nothing"], ["export"], ["report", "--workers", "0"]])
def test_wrong_usage_exits_with_2(arguments):
    with pytest.raises(SystemExit) as ended:
        run(*arguments)
    assert ended.value.code == 2


def test_help_imports_nothing_heavy():
    code = "import sys, workbench.cli as c; c.parser().format_help(); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"pandas", "numpy", "matplotlib", "papermill", "jieba"} & set(loaded.stdout.split())


def test_python_m_workbench_is_the_command_line():
    asked = subprocess.run([sys.executable, "-m", "workbench", "--version"], capture_output=True, check=True)
    assert asked.stdout.startswith(b"workbench")


def test_export_writes_statements_in_the_declared_order(corpus, tmp_path, capsys):
    path = tmp_path / "s.jsonl"
    assert run("export", "statements", corpus, "-o", path) == 0
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert rows
    assert all(list(row) == list(STATEMENTS.columns) for row in rows)
    text = (corpus / "甲区_2024.txt").read_text("utf-8")
    assert all(text[row["start"] : row["end"]] == row["quote"] for row in rows)
    assert f"{len(rows)} rows of statements" in capsys.readouterr().out


def test_index_makes_a_store_that_exports_what_the_folder_does(corpus, tmp_path, capsys):
    assert run("index", corpus, "--store", tmp_path / "store", "--workers", "1") == 0
    assert "1 documents, 1 computed, 0 failed" in capsys.readouterr().out
    for table in ("statements", "tokens", "target_panel"):
        for name, source in (("folder.csv", corpus), ("store.csv", tmp_path / "store")):
            assert run("export", table, source, "-o", tmp_path / name) == 0
        assert (tmp_path / "store.csv").read_bytes() == (tmp_path / "folder.csv").read_bytes()


@pytest.mark.parametrize(
    ("table", "name", "message"),
    [
        ("statments", "s.csv", "there is no table 'statments'; nearest: statements"),
        ("statements", "s.doc", "expected one of .csv .jsonl .parquet .xlsx .dta, found '.doc'"),
    ],
)
def test_export_says_in_a_sentence_what_is_wrong(corpus, tmp_path, capsys, table, name, message):
    assert run("export", table, corpus, "-o", tmp_path / name) == 1
    error = capsys.readouterr().err
    assert message in error
    assert error.count("\n") == 1
    assert not (tmp_path / name).exists()


def test_export_of_an_empty_or_missing_folder_names_it(tmp_path, capsys):
    (tmp_path / "empty").mkdir()
    for folder in ("empty", "missing"):
        assert run("export", "documents", tmp_path / folder, "-o", tmp_path / "d.csv") == 1
        assert str(tmp_path / folder) in capsys.readouterr().err


def record(status, error=""):
    return RunRecord("01_say", "甲区_2024", "甲区", 2024, status, 1.0, "digest", error=error)


def test_report_exits_with_1_and_a_line_for_each_failure(monkeypatch, capsys):
    made = [record("ok"), record("failed", "In [3] ValueError:\nno such thing"), record("timeout", "slow")]
    monkeypatch.setattr("workbench.run.reports.report", lambda *_, **__: made)
    assert run("report") == 1
    told = capsys.readouterr()
    assert "1 run, 0 up to date, 2 failed" in told.out
    assert told.err.splitlines() == [
        "甲区_2024 01_say: failed: In [3] ValueError: no such thing",
        "甲区_2024 01_say: timeout: slow",
    ]


def test_report_passes_the_choice_on(monkeypatch):
    asked = {}
    monkeypatch.setattr(
        "workbench.run.reports.report", lambda folder, out, **rest: asked.update(folder=folder, **rest) or []
    )
    options = ["--region", "甲区", "--region", "010", "--year", "2024", "--notebook", "01", "--workers", "3"]
    assert run("report", "corpus", *options, "--language", "en", "--force", "--no-fork") == 0
    assert asked["folder"] == "corpus"
    assert asked["choice"].regions == ["甲区", "010"]
    assert asked["choice"].years == [2024]
    assert asked["options"].workers == 3
    assert asked["options"].force
    assert asked["options"].fork is False
    assert asked["options"].parameters == {"language": "en"}


def test_interrupt_exits_without_a_traceback(monkeypatch, capsys):
    def stop(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("workbench.run.reports.report", stop)
    assert run("report") == 130
    assert capsys.readouterr().err == "workbench: stopped\n"


def test_check_tells_what_was_inferred_and_writes_both_tables(tmp_path, capsys):
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    shutil.copy(SEEDS / "江北新区_2024.txt", corpus)
    findings, evidence = tmp_path / "f.csv", tmp_path / "e.jsonl"
    assert run("check", corpus, "-o", findings, "--evidence", evidence) == 0
    told = capsys.readouterr().out
    assert "region: 0 from documents.csv, 1 inferred" in told
    assert "江北新区_2024: 江北新区" in told
    assert findings.read_text("utf-8").startswith('"document_id","severity","kind"')
    assert '"field": "year"' in evidence.read_text("utf-8")


def test_check_exits_with_1_for_an_error(corpus, capsys):
    (corpus / "乙区_2024.txt").write_bytes(b"")
    assert run("check", corpus) == 1
    assert "乙区_2024" in capsys.readouterr().out


def test_evaluate_prints_the_scores(corpus, tmp_path, capsys):
    gold = tmp_path / "gold.jsonl"
    assert run("export", "statements", corpus, "-o", gold) == 0
    assert run("evaluate", corpus, "--gold", gold) == 0
    told = capsys.readouterr().out
    strict = next(line for line in told.splitlines() if line.split()[:1] == ["strict"])
    assert strict.count("1.0000") == 3
    assert "[" not in strict  # of one document there is no interval
    assert next(line for line in told.splitlines() if line.split()[:1] == ["period"])
    assert run("evaluate", corpus, "--gold", tmp_path / "missing.jsonl") == 1
    assert "missing.jsonl" in capsys.readouterr().err


def test_lexicon_lint_tells_each_finding_with_its_line(corpus, tmp_path, capsys):
    lexicon = tmp_path / "terms.txt"
    lexicon.write_text("乡村振兴\n绿色发展\n乡村振兴\n", encoding="utf-8")
    assert run("lexicon", "lint", lexicon, "--corpus", corpus) == 0
    told = capsys.readouterr().out
    assert "line 3: 乡村振兴: duplicate" in told
    assert "line 2: 绿色发展: never found" in told
