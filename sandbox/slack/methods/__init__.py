"""The methods of the Web API that the sandbox has."""

from sandbox.slack.methods import chat, conversations, files, views
from sandbox.slack.methods.registry import METHODS, Method

__all__ = ["METHODS", "Method", "chat", "conversations", "files", "views"]
