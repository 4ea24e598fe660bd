"""Times as the desk fills them in."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.i18n import _
from bot.values import Client, Refusal


def moment(client: Client, said: str, now: datetime) -> datetime:
    """The time that was said (ISO, on the client's clock where it says nothing else), as aware UTC.

    Raises Refusal where it is none, or past.
    """
    try:
        at = datetime.fromisoformat(said)
    except ValueError:
        raise Refusal(_("That is no time.")) from None
    until = (at if at.tzinfo is not None else at.replace(tzinfo=client.zone)).astimezone(UTC)
    if until <= now:
        raise Refusal(_("That time has passed."))
    return until
