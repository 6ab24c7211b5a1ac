"""Forked kernels are real kernels that end with the process they came from."""

import os
import signal
import sys

import pytest

from workbench import pipeline
from workbench.run.forking import ForkedKernel, KernelServer, can_fork

pytestmark = pytest.mark.skipif(not can_fork(), reason="forks kernels on Linux only")


def fork(server, tmp_path):
    connection = tmp_path / "connection.json"
    return server.fork(["-f", str(connection)], cwd=str(tmp_path), env=dict(os.environ))


def test_kernels_are_ended_and_outlive_no_server(tmp_path):
    server = KernelServer()
    killed, left = fork(server, tmp_path), fork(server, tmp_path)
    assert killed.poll() is None
    killed.kill()
    assert killed.wait(10) is not None
    assert left.poll() is None
    server.close()
    assert left.wait(10) is not None


def test_a_server_that_died_is_told_and_not_started_again(monkeypatch, tmp_path):
    server = KernelServer()
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(OSError, match="ended with code 1"):
        fork(server, tmp_path)
    monkeypatch.undo()
    with pytest.raises(OSError, match="ended with code 1"):
        fork(server, tmp_path)
    server.close()


def test_a_kernel_that_is_gone_is_known_to_be_gone():
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)
    gone = ForkedKernel(child)
    assert gone.poll() == 0
    gone.send_signal(signal.SIGTERM)


def test_a_kept_corpus_is_not_computed_again(tmp_path, monkeypatch):
    monkeypatch.setattr(pipeline, "_kept", {})
    (tmp_path / "甲区_2024.txt").write_text("甲区政府工作报告\n增长6%左右。\n", encoding="utf-8")
    corpus = pipeline.read_corpus(tmp_path)
    sentences = corpus.sentences
    assert pipeline.read_corpus(tmp_path).sentences is not sentences
    pipeline.keep_corpus(corpus)
    monkeypatch.chdir(tmp_path.parent)
    again = pipeline.read_corpus(tmp_path.name)
    assert again.sentences is sentences
    assert str(again.folder) == tmp_path.name
