"""What was learned is kept for the next start, and learned anew where it is not the same, or broken."""

import sys
from pathlib import Path

import pytest

from bot.reading.remembering import remembered


def test_what_was_learned_of_the_same_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    lessons: list[str] = []

    def learn() -> dict[str, int]:
        lessons.append("learned")
        return {"disdire": 1 << 200, "più": -1}

    first = remembered("wishes", [b"phrases"], learn)
    assert remembered("wishes", [b"phrases"], learn) == first == {"disdire": 1 << 200, "più": -1}
    assert len(lessons) == 1
    remembered("wishes", [b"other phrases"], learn)
    assert len(lessons) == 2
    (kept,) = (path for path in tmp_path.rglob("*") if path.is_file())
    for broken in (kept.read_bytes()[:-4], b""):
        kept.write_bytes(broken)
        assert remembered("wishes", [b"other phrases"], learn) == first
    assert len(lessons) == 4


def test_where_nothing_can_be_kept_it_is_learned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "file"))
    assert remembered("wishes", [b"phrases"], lambda: [1, 2]) == [1, 2]
