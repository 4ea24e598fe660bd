"""Secrets at rest: bot tokens and the like, sealed with CENTRALINO_KEY. ``python -m bot.secrets`` makes a key."""

from __future__ import annotations

import hashlib
import hmac
import os
import sys
import tempfile
from base64 import urlsafe_b64decode
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from sqlalchemy import make_url

MAKE: Final = "export CENTRALINO_KEY=$(python -m bot.secrets)"
"""The command that makes a key."""


class NoKey(Exception):
    """There is no key to seal secrets with, or it is none; the message says what to do."""


class Undecipherable(Exception):
    """A secret was sealed with a key that we do not have."""


class Sealed(NamedTuple):
    """A secret as it may travel and be stored: its ciphertext, and a digest that shows whether it changed."""

    cipher: str
    digest: str


class Vault:
    """Seals with the first key and opens with any, so that a key is replaced by putting a new one before it."""

    def __init__(self, keys: Sequence[str]) -> None:
        try:
            self._fernets = MultiFernet([Fernet(key) for key in keys])
        except ValueError:
            raise NoKey(f"CENTRALINO_KEY is no key, or not a list of keys with commas. Make one: {MAKE}") from None
        self._key = hashlib.sha256(b"centralino" + urlsafe_b64decode(keys[0])).digest()

    def seal(self, secret: str) -> Sealed:
        """The secret, to be stored."""
        return Sealed(self._fernets.encrypt(secret.encode()).decode(), self.mac("sealed", secret))

    def open(self, cipher: str) -> str:
        """The secret again. Raises Undecipherable, which never shows it."""
        try:
            return self._fernets.decrypt(cipher.encode()).decode()
        except InvalidToken:
            raise Undecipherable("sealed with a key that is not in CENTRALINO_KEY") from None

    def mac(self, *parts: str) -> str:
        """HMAC-SHA256 of the parts under the first key, in hexadecimal: a webhook's secret, for one."""
        return hmac.new(self._key, "\0".join(parts).encode(), "sha256").hexdigest()


def make_key() -> str:
    """A new key."""
    return Fernet.generate_key().decode()


def vault(database_url: str, key: str | None) -> Vault:
    """The vault of this installation: of ``key`` (several with commas, the newest first), or of SQLite's key file.

    The file is made, readable by its owner alone, where there is none; a database in memory gets a key of its own.
    Raises NoKey for PostgreSQL without a key.
    """
    if key:
        return Vault([one.strip() for one in key.split(",") if one.strip()])
    path = key_file(database_url)
    return Vault([make_key() if path is None else kept_key(path)])


def key_file(database_url: str) -> Path | None:
    """Where the key of a SQLite file stands; None for a database in memory. Raises NoKey for PostgreSQL."""
    url = make_url(database_url)
    if url.get_backend_name() != "sqlite":
        raise NoKey(f"CENTRALINO_KEY must be set to keep secrets in this database. Make one, and keep it: {MAKE}")
    return Path(f"{url.database}.key") if url.database and url.database != ":memory:" else None


def kept_key(path: Path) -> str:
    """The key in the file, made now if there is none; of two processes that make one, both get the first."""
    if not path.exists():
        handle, name = tempfile.mkstemp(prefix=path.name, dir=path.parent)  # 0600 from the start
        try:
            with os.fdopen(handle, "w") as fresh:
                fresh.write(make_key() + "\n")
                fresh.flush()
                os.fsync(fresh.fileno())
            path.hardlink_to(name)
        except FileExistsError:
            pass
        finally:
            Path(name).unlink()
    return path.read_text().strip()


if __name__ == "__main__":
    sys.stdout.write(make_key() + "\n")
