"""The house at its desk, over the examples."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.inbox.house import House, a_house


@pytest.fixture
async def house(with_examples: Path, tmp_path: Path) -> AsyncIterator[House]:
    """The house, built over SQLite; Giulia works for the salon and the dentist, Marta for the bikes alone."""
    shutil.copy(with_examples, tmp_path / "house.db")
    async with a_house(f"sqlite:///{tmp_path}/house.db") as house, house.built():
        await house.hire("Giulia", "salon", "dentista", language="it")
        await house.hire("Marta", "bikes", language="en")
        yield house
