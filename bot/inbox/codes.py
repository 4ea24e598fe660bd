"""One-time codes: the second thing, besides her password, that a member proves herself with."""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime
from typing import Final

import pyotp
from markupsafe import Markup

from storage import numbers

STEP: Final = 30
"""Seconds for which a code is good."""
AROUND: Final = 1
"""How many steps before and after now are good too: clocks differ."""
RECOVERY: Final = 10
"""How many recovery codes a member is given."""
ISSUER: Final = "Centralino"


def new_secret() -> str:
    """A secret that codes are made from."""
    return pyotp.random_base32()


def step_of(secret: str, code: str, now: datetime) -> int | None:
    """The time step whose code this is; None where it is no code of about now."""
    code, at = code.replace(" ", ""), int(now.timestamp()) // STEP
    made = pyotp.TOTP(secret, interval=STEP)
    for step in range(at - AROUND, at + AROUND + 1):
        if hmac.compare_digest(made.generate_otp(step).encode(), code.encode()):
            return step
    return None


def picture(secret: str, name: str) -> Markup:
    """The picture that an authenticator takes the secret from: an SVG without any style of its own."""
    address = pyotp.TOTP(secret, interval=STEP).provisioning_uri(name=name, issuer_name=ISSUER)
    import segno  # noqa: PLC0415  once in a member's life

    drawn = segno.make(address, error="m").svg_inline(border=3, light="#fff", omitsize=True)
    return Markup(drawn)  # noqa: S704  our own


def new_recovery() -> list[str]:
    """Codes that stand in for a one-time code, each once."""
    return [f"{numbers.code(5)}-{numbers.code(5)}" for _ in range(RECOVERY)]


def digest_of(code: str) -> str:
    """What is kept of a recovery code, however it is written; fifty random bits need no slow hash."""
    plain = "".join(sign for sign in code.upper() if sign.isalnum())
    return hashlib.sha256(plain.encode()).hexdigest()
