"""Run one notebook with papermill and say what became of it."""

from __future__ import annotations

import re
import time
from concurrent.futures import CancelledError
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from workbench.run.files import replacing
from workbench.run.provenance import versions
from workbench.run.records import Run, RunRecord

LONGEST_ERROR = 2000
ANSI = re.compile(r"\x1b\[[0-9;]*m")


@dataclass(frozen=True)
class Limits:
    """Seconds that a cell may take and that a kernel may take to start."""

    cell: int = 600
    start: int = 120


def execute(run: Run, *, root: Path, fork: bool, limits: Limits) -> RunRecord:
    """Run a notebook in `root`, keep it as far as it came, and return its record (not yet written).

    A fault of the machinery (a kernel that does not start, a socket) is tried once more, with a
    kernel started from cold; a fault of the notebook never is. Nothing is kept of a run that ends
    because the batch is given up.

    Raises
    ------
    CancelledError
        The batch has been given up.
    """
    began = time.perf_counter()
    status, error = _attempt(run, root, fork, limits)
    if status == "infrastructure":
        status, error = _attempt(run, root, False, limits)
    return RunRecord(
        notebook=run.name,
        document_id=run.document_id,
        region=run.region,
        year=run.year,
        status="failed" if status == "infrastructure" else status,
        seconds=round(time.perf_counter() - began, 2),
        digest=run.digest,
        error=error,
        finished=datetime.now(UTC).isoformat(timespec="seconds"),
        versions=versions(),
    )


def _attempt(run: Run, root: Path, fork: bool, limits: Limits) -> tuple[str, str]:
    import papermill
    from nbclient.exceptions import CellTimeoutError, DeadKernelError
    from zmq import ZMQError

    from workbench.run.kernels import kernel_manager_in, stopped

    environment = {"WORKBENCH_STATIC": "1", "WORKBENCH_FIGURES": str(run.folder / "figures")}
    with replacing(run.executed) as draft:
        try:
            papermill.execute_notebook(
                str(run.notebook),
                str(draft),
                parameters=dict(run.parameters),
                progress_bar=False,
                start_timeout=limits.start,
                execution_timeout=limits.cell,
                kernel_manager_class=kernel_manager_in(root, environment=environment, fork=fork),
            )
        except papermill.PapermillExecutionError as error:
            said = ANSI.sub("", error.evalue)[:LONGEST_ERROR]
            outcome = "failed", f"In [{error.exec_count}] {error.ename}: {said}"
        except CellTimeoutError:
            outcome = "timeout", f"A cell took longer than {limits.cell} seconds."
        except DeadKernelError:
            outcome = "failed", "The kernel died while a cell ran: out of memory, or ended by the cell."
        except (RuntimeError, ZMQError, OSError) as error:
            outcome = (
                "infrastructure",
                f"{type(error).__name__}: {ANSI.sub('', str(error)).strip()[:LONGEST_ERROR]}",
            )
        else:
            outcome = "ok", ""
        if stopped.is_set():
            raise CancelledError
        if draft.exists():
            _name_files(draft, run)
        else:
            draft.write_bytes(run.notebook.read_bytes())  # no cell was reached
    return outcome


def _name_files(draft: Path, run: Run) -> None:
    """Let the stored notebook name its source and itself, not this machine's folders."""
    import nbformat

    notebook = nbformat.read(draft, as_version=4)
    notebook.metadata.get("papermill", {}).update(
        input_path=f"notebooks/{run.notebook.name}", output_path=run.executed.name
    )
    nbformat.write(notebook, draft)
