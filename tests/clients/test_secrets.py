"""Secrets at rest: sealed, opened, and never shown."""

from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from bot.secrets import MAKE, NoKey, Undecipherable, Vault, kept_key, key_file, make_key, vault

POSTGRES = "postgresql+psycopg://desk:word@db/desk"


def test_a_secret_is_sealed_and_opened() -> None:
    own = Vault([make_key()])
    sealed = own.seal("123:token")
    assert "123:token" not in repr(sealed)
    assert own.open(sealed.cipher) == "123:token"
    assert own.seal("123:token").digest == sealed.digest != own.seal("123:other").digest


def test_a_key_is_replaced_by_putting_a_new_one_before_it() -> None:
    old, new = make_key(), make_key()
    cipher = Vault([old]).seal("123:token").cipher
    both = vault(POSTGRES, f"{new}, {old}")
    assert both.open(cipher) == "123:token"
    assert Vault([new]).open(both.seal("123:token").cipher) == "123:token"
    with pytest.raises(Undecipherable) as wrong:
        Vault([new]).open(cipher)
    assert "123" not in str(wrong.value)


@pytest.mark.parametrize("cipher", ["", "nonsense", "gAAAAA"])
def test_what_is_no_ciphertext_is_undecipherable(cipher: str) -> None:
    with pytest.raises(Undecipherable):
        Vault([make_key()]).open(cipher)


def test_a_mac_depends_on_key_and_parts() -> None:
    key = make_key()
    assert Vault([key]).mac("webhook", "a") == Vault([key]).mac("webhook", "a")
    made = {Vault([key]).mac(*parts) for parts in [("webhook", "a"), ("webhook", "b"), ("webhooka", ""), ("webhook",)]}
    assert len({*made, Vault([make_key()]).mac("webhook", "a")}) == 5


@pytest.mark.parametrize("key", ["short", "é", ","])
def test_what_is_no_key_names_the_command_that_makes_one(key: str) -> None:
    with pytest.raises(NoKey) as wrong:
        vault(POSTGRES, key)
    assert MAKE in str(wrong.value)
    assert "short" not in str(wrong.value)


def test_sqlite_keeps_a_key_beside_the_database_for_its_owner_alone(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/desk.db"
    cipher = vault(url, None).seal("123:token").cipher
    assert vault(url, None).open(cipher) == "123:token"
    file = key_file(url)
    assert file == tmp_path / "desk.db.key"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["desk.db.key"]


def test_of_two_keys_made_at_once_the_first_one_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "desk.db.key"
    first = make_key()
    never = iter([False])

    def not_yet(path: Path) -> bool:
        """Says there is no file, while another process makes it."""
        assert not next(never)
        file.write_text(first)
        return False

    monkeypatch.setattr(Path, "exists", not_yet)
    assert kept_key(file) == first
    assert [path.name for path in tmp_path.iterdir()] == ["desk.db.key"]


def test_a_database_in_memory_has_a_key_of_its_own() -> None:
    assert key_file("sqlite://") is None
    own = vault("sqlite://", None)
    assert own.open(own.seal("x").cipher) == "x"


def test_postgresql_without_a_key_names_the_command_that_makes_one() -> None:
    with pytest.raises(NoKey) as wrong:
        vault(POSTGRES, None)
    assert MAKE in str(wrong.value)


def test_the_command_makes_a_key() -> None:
    made = subprocess.run([sys.executable, "-m", "bot.secrets"], capture_output=True, text=True, check=True)
    assert vault(POSTGRES, made.stdout).mac("x")
