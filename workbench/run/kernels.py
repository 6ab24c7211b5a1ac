"""Kernels for batch runs: their own sockets, folder and environment, started or forked.

jupyter_client's TCP ports are bound, released and bound again by the kernel; two batches that
start kernels at once can take each other's. Its IPC sockets lie in the working folder under one
name for all. Here each kernel has sockets of its own in a folder of the batch.
"""

from __future__ import annotations

import atexit
import contextlib
import functools
import os
import shutil
import signal
import tempfile
import threading
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jupyter_client.manager import AsyncKernelManager
from traitlets import default

from workbench.run.forking import SERVER, ForkProvisioner


@functools.cache
def socket_folder() -> str:
    """Make a folder for sockets; short, as a socket's address holds 107 bytes."""
    above = Path("/tmp" if os.path.isdir("/tmp") else tempfile.gettempdir())
    for old in above.glob("wb-*-*"):
        process = old.name.split("-")[1]
        if process.isdigit() and not _runs(int(process)):  # left by a batch that was killed
            shutil.rmtree(old, ignore_errors=True)
    folder = tempfile.mkdtemp(prefix=f"wb-{os.getpid()}-", dir=above)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


_one_at_a_time = threading.Lock()
_living: set[int] = set()
stopped = threading.Event()
"""Set while a batch is given up: no kernel is started any more, and what fails is no result."""


class BatchKernelManager(AsyncKernelManager):
    """Starts a kernel in `folder`; use :func:`kernel_manager_in` to get one for papermill."""

    folder: Path
    environment: Mapping[str, str]
    fork: bool = False

    @default("transport")
    def _default_transport(self) -> str:
        return "ipc" if os.name == "posix" else "tcp"

    @default("ip")
    def _default_ip(self) -> str:
        if self.transport != "ipc":
            return "127.0.0.1"
        with _one_at_a_time:
            return f"{socket_folder()}/{uuid.uuid4().hex[:12]}"

    async def _async_pre_start_kernel(self, **options: Any) -> tuple[list[str], dict[str, Any]]:
        if stopped.is_set():
            raise RuntimeError("the batch has been stopped")
        options["cwd"] = str(self.folder)
        env = {"OMP_NUM_THREADS": "1", **(options.get("env") or os.environ)}
        options["env"] = {**env, **self.environment, "PYTHONPATH": _python_path(env)}
        if self.fork and self.provisioner is None:
            self.kernel_id = self.kernel_id or str(uuid.uuid4())
            self.provisioner = ForkProvisioner(
                kernel_id=self.kernel_id, kernel_spec=self.kernel_spec, parent=self
            )
            self.provisioner.server = SERVER
        return await super()._async_pre_start_kernel(**options)

    async def _async_post_start_kernel(self, **options: Any) -> None:
        _living.add(self._group)
        await super()._async_post_start_kernel(**options)

    async def _async_cleanup_resources(self, restart: bool = False) -> None:
        _living.discard(self._group)
        await super()._async_cleanup_resources(restart=restart)

    @property
    def _group(self) -> int:
        return getattr(self.provisioner, "pgid", None) or 0


def end_kernels() -> None:
    """Give up the batches of this process: end every kernel at once and start no other."""
    stopped.set()
    for group in list(_living - {0, os.getpgrp()}):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(group, signal.SIGKILL)


def _python_path(env: dict[str, str]) -> str:
    """Put the package that runs the batch first, so that a kernel cannot import another copy."""
    root = str(Path(__file__).resolve().parents[2])
    return os.pathsep.join(
        dict.fromkeys(p for p in (root, *env.get("PYTHONPATH", "").split(os.pathsep)) if p)
    )


def kernel_manager_in(
    folder: Path, *, environment: Mapping[str, str], fork: bool = False
) -> type[BatchKernelManager]:
    """Return a kernel manager class for papermill: its kernels run in `folder`, forked or from cold."""
    settings = {"folder": folder, "environment": environment, "fork": fork}
    return type("FolderKernelManager", (BatchKernelManager,), settings)
