"""Slack: a workspace for each client that has one, over signed HTTP or Socket Mode."""

from bot.channels.slack.channel import Slack, is_ours

__all__ = ["Slack", "is_ours"]
