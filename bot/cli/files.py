"""Reads a client file for loading: its content, and the secrets that it names, sealed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from bot.office import client_file
from bot.office.clients import wanted_secrets
from bot.secrets import vault
from bot.settings import Settings, secret_from_env
from bot.update import Json

NONE: Final[Mapping[str, str]] = {}


def loading(file: Path, settings: Settings, token: str = "", slack: Mapping[str, str] = NONE) -> tuple[Json, Json]:
    """The content of a client file and its sealed secrets, both JSON; plain secrets never pass the door.

    ``token`` is the Telegram token given on the command line, or by the demo, as are the secrets of ``slack`` by name.
    Raises BadFile with every fault.
    """
    content = client_file.parse(file.read_text(encoding="utf-8"), str(file))
    keys = vault(settings.database_url, settings.keys)
    sealed: dict[str, dict[str, Any]] = {}
    for (channel, name), variable in wanted_secrets(content).items():
        secret = secret_from_env(variable)
        if secret:
            sealed.setdefault(channel, {})[name] = keys.seal(secret)
    if token:
        sealed.setdefault("telegram", {})["token"] = keys.seal(token)
    for name, secret in slack.items():
        sealed.setdefault("slack", {})[name] = keys.seal(secret)
    return content, sealed
