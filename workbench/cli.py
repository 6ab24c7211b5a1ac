"""The command line: parse, call, print. What is heavy is imported by the command that needs it."""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from workbench.errors import ParameterError, WorkbenchError

DONE, WRONG_INPUT, INTERRUPTED = 0, 1, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 wrong input or failed runs, 2 usage."""
    options = parser().parse_args(arguments)
    try:
        return int(options.command(options))
    except WorkbenchError as error:
        print(f"workbench: {error}", file=sys.stderr)
        return WRONG_INPUT
    except BrokenPipeError:  # the reader of our output, such as head, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        print("workbench: stopped", file=sys.stderr)
        return INTERRUPTED


def parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    top = argparse.ArgumentParser(
        prog="workbench", description="Study Chinese government work reports: tables, checks, pages."
    )
    top.add_argument("--version", action="version", version=f"workbench {_version()}")
    commands = top.add_subparsers(metavar="COMMAND", required=True)
    _add_report(commands)
    _add_index(commands)
    _add_export(commands)
    _add_check(commands)
    _add_sample(commands)
    _add_evaluate(commands)
    _add_lexicon(commands)
    _add_lab(commands)
    return top


def _add_report(commands: argparse._SubParsersAction) -> None:
    command = commands.add_parser(
        "report", help="run the notebooks for each report and write HTML pages with an index"
    )
    _add_corpus(command)
    command.add_argument(
        "--region", action="append", default=[], metavar="R", help="name or code; repeatable"
    )
    command.add_argument("--year", action="append", default=[], type=int, metavar="Y", help="repeatable")
    command.add_argument(
        "--notebook", action="append", default=[], metavar="N", help="name, number or path; repeatable"
    )
    command.add_argument("--out", type=Path, default=Path("reports"), metavar="DIR", help="default: reports")
    command.add_argument("--language", choices=("zh", "en", "both"), help="of labels; default: both")
    where = command.add_mutually_exclusive_group()
    where.add_argument("--workers", type=_positive, metavar="N", help="notebooks at a time; default: cores")
    where.add_argument("--scheduler", default="", metavar="ADDRESS", help="Dask scheduler to run them on")
    command.add_argument("--force", action="store_true", help="run also what is up to date")
    command.add_argument("--no-fork", action="store_true", help="start each kernel from cold")
    command.add_argument(
        "--timeout", type=_positive, default=600, metavar="S", help="for a cell; default: 600"
    )
    command.set_defaults(command=_report)


def _report(options: argparse.Namespace) -> int:
    from workbench.run.batch import BatchOptions
    from workbench.run.execution import Limits
    from workbench.run.progress import show_progress
    from workbench.run.reports import Choice, report

    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ends the kernels, as Ctrl-C does
    with show_progress("notebooks") as watch:
        records = report(
            options.corpus,
            options.out,
            choice=Choice(options.region, options.year, options.notebook),
            options=BatchOptions(
                parameters={"language": options.language} if options.language else {},
                workers=options.workers,
                scheduler=options.scheduler,
                force=options.force,
                fork=False if options.no_fork else None,
                limits=Limits(cell=options.timeout),
            ),
            watch=watch,
        )
    failed = [record for record in records if not record.ok]
    current = sum(record.up_to_date for record in records)
    print(
        f"{len(records) - len(failed) - current} run, {current} up to date, {len(failed)} failed: "
        f"{options.out / 'index.html'}"
    )
    for record in failed:
        reason = " ".join(record.error.split())
        print(f"{record.document_id} {record.notebook}: {record.status}: {reason}", file=sys.stderr)
    return WRONG_INPUT if failed else DONE


def _add_index(commands: argparse._SubParsersAction) -> None:
    command = commands.add_parser(
        "index", help="write every table of a corpus into a store, or bring its store up to date"
    )
    _add_corpus(command)
    command.add_argument("--store", type=Path, required=True, metavar="DIR", help="folder of the store")
    where = command.add_mutually_exclusive_group()
    where.add_argument("--workers", type=_positive, metavar="N", help="processes; default: cores")
    where.add_argument("--scheduler", default="", metavar="ADDRESS", help="Dask scheduler to work on")
    command.add_argument(
        "--wait", type=int, default=600, metavar="S", help="for another run to end; default: 600"
    )
    command.set_defaults(command=_index)


def _index(options: argparse.Namespace) -> int:
    from workbench.run.engine import EngineOptions
    from workbench.run.indexing import index
    from workbench.run.progress import show_steps

    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with show_steps("documents") as watch:
        made = index(
            options.corpus,
            options.store,
            options=EngineOptions(workers=options.workers, scheduler=options.scheduler),
            watch=watch,
            patience=options.wait,
        )
    mended = f", {made.mended} damaged files made again" if made.mended else ""
    print(
        f"{options.store}: {made.documents} documents, {made.computed} computed, "
        f"{len(made.failures)} failed{mended}"
    )
    for document_id, reason in made.failures.items():
        print(f"{document_id}: {reason}", file=sys.stderr)
    return WRONG_INPUT if made.failures else DONE


def _add_export(commands: argparse._SubParsersAction) -> None:
    command = commands.add_parser("export", help="write a table to a file; the ending chooses the format")
    command.add_argument("table", metavar="TABLE", help="for example statements; docs/tables.md lists them")
    _add_corpus(command)
    command.add_argument(
        "-o", "--output", type=Path, required=True, metavar="FILE", help=".csv .jsonl .parquet .xlsx .dta"
    )
    command.set_defaults(command=_export)


def _export(options: argparse.Namespace) -> int:
    from workbench.pipeline import read_corpus
    from workbench.run.export import choose_writer, export_table
    from workbench.run.plan import nearest
    from workbench.tables import TABLES

    if options.table not in TABLES:
        raise ParameterError(f"there is no table {options.table!r}; {nearest(options.table, TABLES)}")
    choose_writer(options.output)  # a wrong ending is told before the work, not after it
    frame = read_corpus(options.corpus).table(options.table)
    export_table(TABLES[options.table], frame, options.output)
    print(f"{options.output}: {len(frame)} rows of {options.table}")
    return DONE


def _add_check(commands: argparse._SubParsersAction) -> None:
    command = commands.add_parser(
        "check", help="say what is doubtful in a corpus, and what was inferred from what"
    )
    _add_corpus(command)
    command.add_argument("-o", "--output", type=Path, metavar="FILE", help="write all findings to a file")
    command.add_argument("--evidence", type=Path, metavar="FILE", help="write all evidence to a file")
    command.set_defaults(command=_check)


def _check(options: argparse.Namespace) -> int:
    from workbench.corpus.identity import IDENTITY, infer_identity
    from workbench.pipeline import read_corpus
    from workbench.run.checking import summarise_findings, summarise_identity
    from workbench.run.export import choose_writer, export_table
    from workbench.tables import FINDINGS

    for path in filter(None, (options.output, options.evidence)):
        choose_writer(path)
    corpus = read_corpus(options.corpus)
    findings, identity = corpus.findings, infer_identity(corpus.readings)
    print(f"{corpus.folder}: {len(corpus)} documents")
    for line in (*summarise_findings(findings), *summarise_identity(identity)):
        print(line)
    if options.output:
        export_table(FINDINGS, findings, options.output)
    if options.evidence:
        export_table(IDENTITY, identity, options.evidence)
    return WRONG_INPUT if findings["severity"].eq("error").any() else DONE


def _add_sample(commands: argparse._SubParsersAction) -> None:
    command = commands.add_parser("sample", help="draw sentences to be coded by hand and write a sheet")
    _add_corpus(command)
    command.add_argument("-o", "--output", type=Path, required=True, metavar="FILE", help=".csv or .xlsx")
    command.add_argument("--size", type=_positive, default=200, metavar="N", help="sentences; default: 200")
    command.add_argument("--seed", type=int, default=1, metavar="N", help="of the draw; default: 1")
    command.add_argument(
        "--task", choices=("statements", "themes"), default="statements", help="what is to be coded"
    )
    command.set_defaults(command=_sample)


def _sample(options: argparse.Namespace) -> int:
    from workbench.run.sampling import write_sample

    written = write_sample(
        options.corpus, options.output, size=options.size, task=options.task, seed=options.seed
    )
    print(f"{options.output}: {written} sentences to code")
    return DONE


def _add_evaluate(commands: argparse._SubParsersAction) -> None:
    command = commands.add_parser("evaluate", help="compare the statements found with coded ones")
    _add_corpus(command)
    command.add_argument("--gold", required=True, metavar="FILE", help="coded statements, JSON lines")
    command.add_argument("--windows", metavar="FILE", help="stretches that were coded, JSON lines")
    command.set_defaults(command=_evaluate)


def _evaluate(options: argparse.Namespace) -> int:
    from workbench.pipeline import read_corpus
    from workbench.run.validation import measure_extraction

    print(measure_extraction(read_corpus(options.corpus), options.gold, windows=options.windows))
    return DONE


def _add_lexicon(commands: argparse._SubParsersAction) -> None:
    lexicon = commands.add_parser("lexicon", help="work on a lexicon")
    command = lexicon.add_subparsers(metavar="COMMAND", required=True).add_parser(
        "lint", help="find items that are empty, double, hidden or never found"
    )
    command.add_argument("file", metavar="FILE", help="a .csv or .txt, or the name of one that is shipped")
    command.add_argument("--corpus", metavar="CORPUS", help="find items that never occur in these reports")
    command.set_defaults(command=_lint)


def _lint(options: argparse.Namespace) -> int:
    from workbench.corpus.segmentation import Segmenter
    from workbench.lexicons.linter import lint_lexicon, summarise_lints
    from workbench.pipeline import read_corpus

    texts = read_corpus(options.corpus).texts if options.corpus else None
    print(summarise_lints(lint_lexicon(options.file, texts=texts, segmenter=Segmenter())))
    return DONE


def _add_lab(commands: argparse._SubParsersAction) -> None:
    command = commands.add_parser("lab", help="open JupyterLab on the notebooks")
    command.set_defaults(command=_lab)


def _lab(options: argparse.Namespace) -> int:
    from workbench.run.plan import repository_root

    folder = repository_root() / "notebooks"
    return subprocess.run([sys.executable, "-m", "jupyterlab", str(folder)], check=False).returncode


def _add_corpus(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "corpus", nargs="?", default="seeds", metavar="CORPUS", help="folder of reports; default: seeds"
    )


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"expected a whole number from 1 on, found {text}")
    return number


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("workbench")
    except PackageNotFoundError:
        return "(not installed)"


if __name__ == "__main__":
    sys.exit(main())
