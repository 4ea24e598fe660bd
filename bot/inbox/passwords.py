"""Passwords: hashed and checked with argon2, in a thread, a few at a time."""

from __future__ import annotations

import asyncio
from functools import cache
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

SHORTEST: Final = 10
"""Characters that a password has at least."""
LONGEST: Final = 200
HASHER: Final = PasswordHasher()


def hashed(password: str) -> str:
    """The password's hash. Raises ValueError where it is too short or too long."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise ValueError(f"a password has {SHORTEST} to {LONGEST} characters")
    return HASHER.hash(password)


async def make(password: str) -> str:
    """The same, without holding anybody up."""
    return await asyncio.to_thread(hashed, password)


async def matches(password: str, kept: str) -> bool:
    """Whether the password is the one whose hash is kept; never where none is."""
    return await asyncio.to_thread(_verify, password[:LONGEST], kept) and bool(kept)


@cache
def nobodys() -> str:
    """A hash that is checked where there is none, so that it takes as long."""
    return HASHER.hash("nobody has this one")


def _verify(password: str, kept: str) -> bool:
    try:
        return HASHER.verify(kept or nobodys(), password)
    except (Argon2Error, InvalidHashError):
        return False
