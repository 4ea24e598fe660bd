"""Ports that stay free while nobody listens at them."""

from __future__ import annotations

import os
import socket
from contextlib import suppress
from typing import Final

NUMBERS: Final = iter(range(10_000 + os.getpid() % 1_000 * 8, 32_000, 8))


def free_port() -> int:
    """A port nobody listens on, and which is given to no connection while nobody does: below those of the system.

    Each worker of a run has its own, so that none takes another's while who listened at it stops and starts again.
    """
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    for port in NUMBERS:
        with socket.socket() as listener, suppress(OSError):
            listener.bind(("127.0.0.1", port + worker % 8))
            return port + worker % 8
    raise OSError("no port is free")
