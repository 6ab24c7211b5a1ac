"""Where work is done: a Dask cluster over the cores of this machine, or one that an address names."""

from __future__ import annotations

import contextlib
import gc
import logging
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from workbench.errors import ParameterError, WorkbenchError
from workbench.run.provenance import PACKAGE as PACKAGE
from workbench.run.provenance import digest, digest_files, package_files, versions

Task = TypeVar("Task")
Result = TypeVar("Result")
PATIENCE = 10
"""Seconds to wait for a scheduler to answer, and for a lost one to come back."""
DEATHS = 5
"""Workers that may die over one task before it is given up."""
COLLECT = (100_000, 50, 100)
"""Objects between two searches for cycles of garbage: tables are made of millions, and of few cycles."""


@dataclass(frozen=True)
class EngineOptions:
    """Where to work.

    Parameters
    ----------
    workers : int or None
        Tasks at a time on this machine; as many as it has cores if None.
    scheduler : str
        Address of a Dask scheduler, such as ``tcp://host:8786``, in place of this machine. Its workers
        need the same version of the workbench and see corpus and results under the same paths.
    processes : bool
        Give each worker of this machine a process of its own; else they are threads of this one.
    """

    workers: int | None = None
    scheduler: str = ""
    processes: bool = True


class LostSchedulerError(WorkbenchError):
    """The scheduler cannot be reached, or has gone away during the work."""


class OtherVersionError(WorkbenchError):
    """A worker would compute with other code than this process."""


@dataclass(frozen=True)
class Failed:
    """A task that came to nothing, with what was raised."""

    error: BaseException

    def __str__(self) -> str:
        return " ".join(str(self.error).split()) or type(self.error).__name__


class Engine:
    """Runs tasks on the workers of a cluster; see `open_engine`."""

    def __init__(self, client: Any, address: str) -> None:
        self._client = client
        self._address = address

    def run(
        self, function: Callable[[Task], Result], tasks: Sequence[Task]
    ) -> Iterator[tuple[Task, Result | Failed]]:
        """Yield each task with its result, in the order in which they are done.

        A task whose worker dies is done again by another, so that it has to be one that can be
        repeated. What a task raises is its result, a `Failed`, and stops no other.

        Raises
        ------
        LostSchedulerError
            The scheduler has gone away; what is done by then has been yielded.
        OtherVersionError
            A worker has another version of the workbench.
        """
        from distributed import as_completed

        expected = code_digest()
        try:
            futures = {self._client.submit(_do, expected, function, task, pure=False): task for task in tasks}
            for future in as_completed(futures):
                task = futures.pop(future)
                yield task, self._result(future)
                future.release()
        except GeneratorExit:
            self._client.cancel(list(futures), force=True)
            raise
        except (OSError, RuntimeError) as error:
            if self._client.status == "running":
                raise
            raise self._lost() from error

    def _result(self, future: Any) -> Any:
        if future.status == "cancelled" or future.status == "lost":
            raise self._lost()
        error = future.exception()
        if error is None:
            return future.result()
        if isinstance(error, OtherVersionError | LostSchedulerError):
            raise error
        return Failed(error)

    def _lost(self) -> LostSchedulerError:
        return LostSchedulerError(
            f"the scheduler at {self._address} went away during the work; what was done is kept: start "
            "the scheduler and run the same command again."
        )


def _do(expected: str, function: Callable[[Any], Any], task: Any) -> Any:
    if code_digest() != expected:
        raise OtherVersionError(
            f"a worker on {os.uname().nodename} has another version of the workbench or of its libraries "
            "than this process; install the same on all machines, start the workers again."
        )
    gc.set_threshold(*COLLECT)
    try:
        return function(task)
    finally:
        gc.collect()  # a shard and its tables hold each other: they would stay beside those of the next


def code_digest() -> str:
    """Return a digest of the package and of the versions of its libraries."""
    return digest(digest_files(package_files(), PACKAGE), versions())


@contextlib.contextmanager
def open_engine(options: EngineOptions) -> Iterator[Engine]:
    """Open the engine that the options name, and close it afterwards.

    Raises
    ------
    LostSchedulerError
        No scheduler answers at the address.
    """
    import dask
    from distributed import Client

    settings = {
        "distributed.scheduler.allowed-failures": DEATHS,
        "distributed.comm.timeouts.connect": PATIENCE,
        "distributed.admin.tick.limit": "1h",
        "distributed.worker.multiprocessing-method": "spawn",
        "distributed.worker.profile.enabled": False,
    }
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    with dask.config.set(settings), contextlib.ExitStack() as stack:
        if options.scheduler:
            address: Any = options.scheduler
            try:
                client = stack.enter_context(Client(address, timeout=PATIENCE))
            except ValueError as error:
                raise ParameterError(
                    f"--scheduler {address}: expected an address such as tcp://host:8786; {error}."
                ) from error
            except (OSError, TimeoutError) as error:
                raise LostSchedulerError(
                    f"no scheduler answers at {address}; start one with `dask scheduler` and workers with "
                    f"`dask worker {address}`, or leave --scheduler out."
                ) from error
            if not client.scheduler_info()["workers"]:
                raise LostSchedulerError(
                    f"the scheduler at {address} has no workers; start some with `dask worker {address}`."
                )
        else:
            client = stack.enter_context(_local_client(options, stack))
        yield Engine(client, options.scheduler or "this machine")


def _local_client(options: EngineOptions, stack: contextlib.ExitStack) -> Any:
    from distributed import Client, LocalCluster

    count = options.workers or os.cpu_count() or 1
    cluster = LocalCluster(
        n_workers=count if options.processes else 1,
        threads_per_worker=1 if options.processes else count,
        processes=options.processes,
        dashboard_address="127.0.0.1:0",  # any free port: two runs at once need not share one
        scheduler_kwargs={"dashboard": False},
        silence_logs=logging.CRITICAL,
        memory_limit=None,
        worker_dashboard_address=None,
    )
    stack.enter_context(cluster)
    return Client(cluster)
