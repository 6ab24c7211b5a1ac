"""A bar with a forecast for long work; silent where nobody watches."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from workbench.run.records import RunRecord
from workbench.run.reports import Watch


@contextmanager
def show_progress(unit: str) -> Iterator[Watch]:
    """Yield a function to call with each record and the number of runs; it moves the bar.

    On a terminal a bar is drawn with the time that is left; a failure is told at once, above it.
    """
    from tqdm import tqdm

    with tqdm(unit=f" {unit}", disable=None, dynamic_ncols=True, smoothing=0.1) as bar:

        def watch(record: RunRecord, total: int) -> None:
            bar.total = total
            bar.set_postfix_str(record.document_id, refresh=False)
            bar.update()
            if not record.ok and not bar.disable:
                bar.write(f"{record.document_id} {record.notebook}: {record.status}")

        yield watch


@contextmanager
def show_steps(unit: str) -> Iterator[Callable[[str, int, int], None]]:
    """Yield a function to call with what is done now, how much of it is done, and of how much.

    Each step has a bar of its own, with the time that is left.
    """
    from tqdm import tqdm

    with tqdm(unit=f" {unit}", disable=None, dynamic_ncols=True, smoothing=0.1) as bar:

        def watch(step: str, done: int, total: int) -> None:
            if done == 0:
                bar.reset(total)
                bar.set_description(step, refresh=False)
            bar.update(done - bar.n)

        yield watch
