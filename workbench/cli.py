"""The command line: parse, call, print. What is heavy is imported by the command that needs it."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from workbench.errors import WorkbenchError

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

    with show_progress("notebooks") as watch:
        records = report(
            options.corpus,
            options.out,
            choice=Choice(options.region, options.year, options.notebook),
            options=BatchOptions(
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
