"""`python -m bot` in processes that are forked from one where everything is imported and learnt.

They differ from those that a user starts in nothing but the seconds of CPU that a start costs.
"""

from __future__ import annotations

import ctypes
import os
import runpy
import signal
import sys
from collections.abc import Mapping
from functools import cache
from io import TextIOWrapper
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
PR_SET_PDEATHSIG: Final = 1


def dies_with_its_parent() -> None:
    """To be called in a new process: it ends with the one that started it, also where that is killed."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


@cache
def forks() -> ForkServerContext:
    """Whence processes are forked; it ends with the tests."""
    context = get_context("forkserver")
    context.set_forkserver_preload(["tests.serve.learnt"])
    return context


def fork(argv: tuple[str, ...], env: Mapping[str, str]) -> tuple[ForkServerProcess, int]:
    """Runs `python ARGV` (``-m`` and a module first); gives the process and where to read what it says."""
    ours, theirs = forks().Pipe(duplex=False)
    process = forks().Process(target=run, args=(argv[1:], dict(env), theirs))
    process.start()
    theirs.close()
    listening = os.dup(ours.fileno())
    ours.close()
    return process, listening


def run(argv: tuple[str, ...], env: dict[str, str], out: Connection) -> None:
    """In the new process: becomes what was asked for."""
    dies_with_its_parent()
    for stream in (sys.stdout, sys.stderr):
        os.dup2(out.fileno(), stream.fileno())
        assert isinstance(stream, TextIOWrapper)
        stream.reconfigure(line_buffering=True)
    os.close(out.fileno())
    os.environ.clear()
    os.environ.update(env)
    os.chdir(ROOT)
    sys.argv = ["", *argv[1:]]
    runpy.run_module(argv[0], run_name="__main__", alter_sys=True)
