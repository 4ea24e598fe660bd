"""Every transcript beside this file, two ways; those that say so on PostgreSQL as well."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conversations.script import Script, read
from tests.conversations.stage import Stage

SCRIPTS = [read(path) for path in sorted(Path(__file__).parent.rglob("*.txt"))]
MODES = ("stutter", "amnesia")
"""The plain play is that of *stutter*, where what comes again must write nothing and be replied the same."""


def performances() -> Iterator[object]:
    """Each script with each way of playing it."""
    for script in SCRIPTS:
        for kind in ("sqlite", "postgresql") if script.both else ("sqlite",):
            for mode in MODES:
                yield pytest.param(script, mode, kind, id=f"{script.name}-{mode}-{kind}")


@pytest.mark.parametrize(("script", "mode", "kind"), list(performances()))
async def test_transcript(script: Script, mode: str, kind: str, examples_url: Callable[[str], str]) -> None:
    await Stage(script, mode, examples_url(kind)).play()
