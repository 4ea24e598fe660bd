"""The database with which every transcript begins."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture
def examples_url(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[str], str]:
    """``examples_url("sqlite")`` gives a fresh database with the examples loaded."""

    def fresh(kind: str) -> str:
        if kind == "sqlite":
            shutil.copy(request.getfixturevalue("with_examples"), tmp_path / "house.db")
            return f"sqlite:///{tmp_path}/house.db"
        url: str = request.getfixturevalue("postgres_with_examples")
        return url

    return fresh
