"""The client of the Web API."""

from __future__ import annotations

from typing import Any

from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.channels.slack.errors import Unreadable


class WebClient(AsyncWebClient):
    """Slack's own client, which takes every answer for one of Slack's."""

    async def api_call(self, api_method: str, **given: Any) -> AsyncSlackResponse:
        """Makes a call. Raises SlackClientError, of which Unreadable where the answer is none of Slack's."""
        try:
            return await super().api_call(api_method, **given)
        except (AttributeError, ValueError) as error:  # it looks for words in what is plain text, or no text at all
            raise Unreadable(f"{api_method}: {type(error).__name__}") from error
