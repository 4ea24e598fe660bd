"""What Slack's refusals mean."""

from __future__ import annotations

from typing import Final

import aiohttp
from slack_sdk.errors import SlackClientError

from bot.outcome import Failed, Outcome, Stuck, TryAgain

TROUBLES: Final = (SlackClientError, aiohttp.ClientError, TimeoutError, OSError)
"""What a call may raise."""
ACCOUNT: Final = frozenset(
    {
        "invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired", "missing_scope",
        "no_permission", "not_allowed_token_type", "org_login_required", "ekm_access_denied", "access_denied",
        "team_access_not_granted", "two_factor_setup_required",
    }
)  # fmt: skip
"""The workspace lets us do nothing until somebody mends it."""
PLACE: Final = frozenset(
    {
        "channel_not_found", "not_in_channel", "is_archived", "restricted_action",
        "method_not_supported_for_channel_type",
        "restricted_action_read_only_channel", "restricted_action_thread_only_channel",
        "restricted_action_non_threadable_channel",
    }
)  # fmt: skip
"""One channel can't be written to until somebody mends it."""
NOBODY: Final = frozenset({"user_disabled", "user_not_found", "users_not_found", "cannot_dm_bot", "user_not_visible"})
"""A member who is no longer one."""
NOBODY_THERE: Final = "nobody:"
"""How the reason begins for which a job for such a member is given up."""
PASSING: Final = frozenset(
    {
        "internal_error", "fatal_error", "service_unavailable", "request_timeout", "team_added_to_org", "ratelimited",
        "rate_limited", "message_limit_exceeded", "file_upload_size_restricted", "posting_to_general_channel_denied",
    }
)  # fmt: skip
GONE: Final = frozenset(
    {
        "message_not_found", "cant_update_message", "edit_window_closed", "cant_delete_message", "channel_not_found",
        "file_not_found", "file_deleted",
    }
)  # fmt: skip
"""A message that can't be edited or taken away any more, perhaps with the whole channel it stood in."""


class NoSuchPlace(SlackClientError):
    """No channel of the workspace that we see is called so."""


class Unreadable(SlackClientError):
    """What was answered is none of Slack's answers: it was torn, or a proxy gave it."""


def word_of(error: Exception) -> str:
    """Slack's own word for what is wrong; empty where it has said none."""
    if isinstance(error, NoSuchPlace):
        return "channel_not_found"
    said = getattr(getattr(error, "response", None), "data", None)
    return str(said.get("error") or "") if isinstance(said, dict) else ""


def code_of(error: Exception) -> str:
    """Slack's own word for what is wrong, else the kind of trouble."""
    return word_of(error) or type(error).__name__


def status_of(error: Exception) -> int:
    """The HTTP status of a refusal, 0 where there was none."""
    return int(getattr(getattr(error, "response", None), "status_code", 0) or 0)


def outcome_of(error: Exception, *, direct: bool = False) -> Outcome:
    """What becomes of a job whose call was refused; ``direct``: it is for one member."""
    code, status = code_of(error), status_of(error)
    if status == 429 or code in {"ratelimited", "rate_limited"}:
        return TryAgain("rate limited", pause_of(error))
    if code in ACCOUNT:
        return Stuck("account", code)
    if code in NOBODY or (direct and code in PLACE):
        return Failed(f"{NOBODY_THERE} {code}")
    if code in PLACE:
        return Stuck("place", code)
    if code in PASSING or status >= 500 or not word_of(error):
        return TryAgain(f"{code} {status or ''}".strip())
    return Failed(code)


def pause_of(error: Exception) -> float:
    """The seconds that Slack asks to be left alone."""
    headers = getattr(getattr(error, "response", None), "headers", None) or {}
    found = next((value for name, value in headers.items() if name.lower() == "retry-after"), "")
    try:
        return max(1.0, float(found))
    except ValueError:
        return 1.0
