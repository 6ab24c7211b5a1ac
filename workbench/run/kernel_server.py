"""The process that batch kernels are forked from: heavy imports done once, then one fork a kernel.

Started by :class:`workbench.run.forking.KernelServer` as ``python -m workbench.run.kernel_server``.
It reads one JSON order a line (``argv``, ``cwd``, ``env``) and answers each with the process id.
It has one thread, so that a fork is safe, and ends when its standard input closes: whatever ends
the batch, also SIGKILL, ends this process and, through ipykernel's own watch on its parent, the
kernels.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

from workbench.errors import WorkbenchError
from workbench.store.layout import is_store

LIBRARIES = (
    "ipykernel.kernelapp",
    "ipykernel.zmqshell",
    "matplotlib.backends.backend_agg",
    "matplotlib.backends.backend_svg",
    "matplotlib.pyplot",
    "numpy",
    "pandas",
    "pandera.pandas",
    "scipy.cluster.hierarchy",
    "scipy.stats",
)
ROOMS = ("corpus", "display", "lexicons", "measures", "targets")


SHARED_TABLES = (
    "documents",
    "noise",
    "sections",
    "sentences",
    "tokens",
    "statements",
    "target_panel",
    "theme_matches",
    "sentence_themes",
)


def serve(folder: str) -> None:
    """Import and compute what notebooks use, then fork one kernel for each order until input ends."""
    for module in [*LIBRARIES, *own_modules()]:
        importlib.import_module(module)
    with contextlib.suppress(WorkbenchError):  # the notebooks will say it
        share_corpus(folder)
    # Nobody here waits for the kernels: the kernel's manager watches them by pidfd.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        order = json.loads(line)
        pid = os.fork()
        if pid == 0:
            _become_kernel(order)
        print(pid, flush=True)


def share_corpus(folder: str) -> None:
    """Compute the tables of a corpus for all kernels to come; they share the memory.

    Of a store nothing is computed, and each kernel reads what it needs: it may be too large for memory.
    """
    from workbench.pipeline import keep_corpus, read_corpus

    corpus = read_corpus(folder)
    for table in ("documents",) if is_store(corpus.folder) else SHARED_TABLES:
        getattr(corpus, table)
    keep_corpus(corpus)
    gc.freeze()  # a kernel's collector then leaves these pages alone


def own_modules() -> list[str]:
    """Name the modules of the workbench that notebooks may use."""
    package = Path(__file__).resolve().parents[1]
    files = sorted(path for room in ROOMS for path in (package / room).glob("[!_]*.py"))
    return ["workbench.pipeline", *(f"workbench.{path.parent.name}.{path.stem}" for path in files)]


def _become_kernel(order: dict[str, Any]) -> None:
    parent = os.getppid()
    # A group of its own, so that the manager can end the kernel with all that it started.
    os.setsid()
    _leave_the_server()
    os.environ.clear()
    os.environ.update(order["env"])
    os.chdir(order["cwd"])
    sys.argv = ["ipykernel_launcher", *order["argv"]]
    sys.path.insert(0, "")
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()  # else every kernel would draw the same numbers

    from ipykernel.kernelapp import IPKernelApp

    # An option, as ipykernel looks for JPY_PARENT_PID when it is imported, which is long past.
    IPKernelApp.launch_instance(argv=[*order["argv"], f"--IPKernelApp.parent_handle={parent}"])
    os._exit(0)


def _leave_the_server() -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nowhere, descriptor)


if __name__ == "__main__":
    serve(sys.argv[1])
