"""The engine: every task gets its answer, a failure stops no other, what is wrong is said in a sentence."""

import itertools
import subprocess
import sys
import warnings

import pytest

from workbench.errors import ParameterError
from workbench.run import engine
from workbench.run.engine import EngineOptions, Failed, LostSchedulerError, OtherVersionError, open_engine

HERE = EngineOptions(workers=2, processes=False)


def halve(number):
    """Return half of an even number."""
    if number % 2:
        raise ValueError(f"{number} is odd")
    return number // 2


def test_each_task_has_its_result_and_a_failure_stops_no_other():
    with open_engine(HERE) as opened:
        results = dict(opened.run(halve, [2, 3, 4, 8]))
    failed = results.pop(3)
    assert results == {2: 1, 4: 2, 8: 4}
    assert isinstance(failed, Failed)
    assert str(failed) == "3 is odd"


def test_a_scheduler_that_does_not_answer_is_told(monkeypatch):
    monkeypatch.setattr(engine, "PATIENCE", 1)
    with (
        pytest.raises(LostSchedulerError, match=r"no scheduler answers at tcp://127\.0\.0\.1:1; start one"),
        open_engine(EngineOptions(scheduler="tcp://127.0.0.1:1")),
    ):
        pass


def test_an_address_that_is_none_is_told(monkeypatch):
    monkeypatch.setattr(engine, "PATIENCE", 1)
    with (
        pytest.raises(ParameterError, match=r"expected an address such as tcp://host:8786"),
        open_engine(EngineOptions(scheduler="carrier-pigeon://roof")),
    ):
        pass


def test_a_scheduler_without_workers_is_told():
    from distributed import LocalCluster

    with (
        LocalCluster(n_workers=0, processes=False, dashboard_address=None, protocol="tcp") as cluster,
        pytest.raises(LostSchedulerError, match="has no workers; start some with `dask worker"),
        open_engine(EngineOptions(scheduler=cluster.scheduler_address)),
    ):
        pass


def test_a_worker_with_other_code_computes_nothing(monkeypatch):
    digests = itertools.chain(["ours"], itertools.repeat("theirs"))
    monkeypatch.setattr(engine, "code_digest", lambda: next(digests))
    with (
        open_engine(HERE) as opened,
        pytest.raises(OtherVersionError, match="another version of the workbench"),
    ):
        list(opened.run(halve, [2, 4]))


def test_two_engines_at_once_say_nothing():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with open_engine(HERE) as one, open_engine(HERE) as other:
            assert [result for _, result in one.run(halve, [2])] == [1]
            assert [result for _, result in other.run(halve, [4])] == [2]


def test_nothing_of_the_package_talks_to_the_network():
    """Only the engine does, and only to the scheduler that the user names."""
    program = (
        "import sys, pkgutil, importlib, workbench\n"
        "refused = []\n"
        "sys.addaudithook(lambda event, _: refused.append(event) if event == 'socket.connect' else None)\n"
        "for module in pkgutil.walk_packages(workbench.__path__, 'workbench.'):\n"
        "    if not module.name.endswith('__main__'):\n"
        "        importlib.import_module(module.name)\n"
        "corpus = workbench.read_corpus('seeds')\n"
        "for table in ('statements', 'tokens', 'findings', 'target_panel', 'sentence_themes'):\n"
        "    corpus.table(table)\n"
        "assert not refused, refused\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
