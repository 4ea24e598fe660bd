"""What was learned, kept beside the compiled modules for the next start, as Python keeps these."""

from __future__ import annotations

import marshal
import os
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import cache
from hashlib import sha256
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any, TypeVar, cast

T = TypeVar("T")
_KEY = 32  # bytes of a digest


def remembered(name: str, sources: Iterable[bytes], learn: Callable[[], T]) -> T:
    """What ``learn`` makes of the sources, in plain values: what the last start made of the same, or else anew.

    Any number of processes may do this at once. Where nothing can be kept, each start learns.
    """
    path = Path(cache_from_source(__file__)).with_name(f"{name}.{sys.implementation.cache_tag}.learned")
    key = sha256(_code() + b"".join(sources)).digest()
    with suppress(OSError, ValueError, EOFError, TypeError):
        kept = memoryview(path.read_bytes())
        if kept[:_KEY] == key:
            made: T = marshal.loads(kept[_KEY:])  # noqa: S302 - our own, from where compiled modules come too
            return made
    made = learn()
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_name(f"{path.name}.{os.getpid()}")
        partial.write_bytes(key + marshal.dumps(cast(Any, made)))
        partial.replace(path)
    return made


@cache
def _code() -> bytes:
    """By what is learned: of other code, other things would be."""
    return sha256(b"".join(path.read_bytes() for path in sorted(Path(__file__).parent.glob("*.py")))).digest()
