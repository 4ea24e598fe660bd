"""The methods of the Bot API, each entered in METHODS under its name."""

from sandbox.telegram.methods import editing, profile, receiving, sending
from sandbox.telegram.methods.registry import METHODS, Described, Method

__all__ = ["METHODS", "Described", "Method", "editing", "profile", "receiving", "sending"]
