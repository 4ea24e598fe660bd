"""The settings of this installation: the only place that reads the environment."""

from __future__ import annotations

import os
from difflib import get_close_matches
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any, Final, Literal, NamedTuple
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

PREFIX: Final = "CENTRALINO_"
BACKENDS: Final = {"sqlite", "postgresql", "postgresql+psycopg"}
LEVELS: Final = ("debug", "info", "warning", "error")


class Misconfigured(Exception):
    """The environment holds something that can't be used; each of ``faults`` names the variable and the reason."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


class Listen(NamedTuple):
    """Where the web server listens."""

    host: str
    port: int


class Log(NamedTuple):
    """How the log is written, and from which level on."""

    form: Literal["text", "json"]
    level: str


# --- what each may say ------------------------------------------------------------------------------------------------


def a_database(value: str) -> str:
    try:
        url = make_url(value)
    except ArgumentError:
        url = URL.create("none")
    if url.drivername not in BACKENDS or (url.drivername == "sqlite" and url.host):
        raise ValueError("must be like sqlite:///centralino.db or postgresql+psycopg://user@host/name")
    return value


def a_listen(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    host, _, port = value.rpartition(":")
    if not host or not port.isdigit() or int(port) >= 1 << 16:
        raise ValueError("must be an address and a port, like 127.0.0.1:8080")
    return Listen(host.removeprefix("[").removesuffix("]"), int(port))


def an_address(value: str) -> str:
    """An address on the web, without a slash at its end."""
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        raise ValueError("must be an address like https://desk.example.org")
    return value.rstrip("/")


def a_public_address(value: str) -> str:
    parts = urlsplit(an_address(value))
    if parts.scheme != "https" and not is_loopback(parts.hostname or ""):
        raise ValueError("must begin with https:// (http:// is for this machine alone), or networks refuse it")
    return value.rstrip("/")


def is_loopback(host: str) -> bool:
    """Whether a host is this machine."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def a_log(value: Any) -> Any:
    """Of "json", "debug" or "json debug"."""
    if not isinstance(value, str):
        return value
    words = value.lower().replace(",", " ").split()
    forms = [word for word in words if word in {"text", "json"}]
    levels = [word for word in words if word in LEVELS]
    if len(forms) + len(levels) < len(words) or len(forms) > 1 or len(levels) > 1:
        raise ValueError(f'must be text or json, and one of {", ".join(LEVELS)}, like "json info"')
    return Log("json" if "json" in forms else "text", levels[0] if levels else "info")


class Settings(BaseSettings):
    """What the environment says. ``database_url``, ``key``: see storage.database and bot.secrets."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True, extra="ignore", frozen=True)

    database_url: Annotated[str, AfterValidator(a_database)] = Field(default="sqlite:///centralino.db", repr=False)
    listen: Annotated[Listen, NoDecode, BeforeValidator(a_listen)] = Listen("127.0.0.1", 8080)
    public_url: Annotated[str, AfterValidator(a_public_address)] | None = None
    key: SecretStr | None = None
    telegram_api: Annotated[str, AfterValidator(an_address)] = "https://api.telegram.org"
    slack_api: Annotated[str, AfterValidator(lambda value: an_address(value) + "/")] = "https://slack.com/api/"
    files: Path | None = None
    grace: Annotated[float, Field(ge=0, le=600)] = 10.0
    private_calendars: bool = False
    log: Annotated[Log, NoDecode, BeforeValidator(a_log)] = Log("text", "info")

    @property
    def folder(self) -> Path:
        """Where the bytes of attachments are kept: beside the database, where nothing else is said."""
        url = make_url(self.database_url)
        beside = Path(url.database or "").parent if url.get_backend_name() == "sqlite" else Path()
        return self.files or beside / "files"

    @property
    def keys(self) -> str | None:
        """The key or keys, as bot.secrets.vault takes them."""
        return self.key.get_secret_value() if self.key is not None else None


def read_settings() -> Settings:
    """The settings as the environment has them. Raises Misconfigured, which never repeats a secret."""
    try:
        return Settings()
    except ValidationError as wrong:
        raise Misconfigured(tuple(fault(error) for error in wrong.errors(include_url=False))) from None


def fault(error: Any) -> str:
    """What is wrong with a variable, in words."""
    name = f"{PREFIX}{error['loc'][0]}".upper()
    reason = error["msg"].removeprefix("Value error, ")
    return (
        f"{name} {reason}; it is '{error['input']}'"
        if name in {f"{PREFIX}LISTEN", f"{PREFIX}LOG"}
        else f"{name} {reason}"
    )


def secret_from_env(name: str) -> str | None:
    """The secret in an environment variable that a client file names; None where it is not set."""
    return os.environ.get(name, "").strip() or None


def strangers() -> dict[str, str | None]:
    """Variables that look like settings and are none, each with the setting that may be meant."""
    known = [name.upper() for name in Settings.model_fields]
    likely = (name.upper().removeprefix(PREFIX) for name in os.environ if name.upper().startswith(PREFIX))
    meant = {name: next(iter(get_close_matches(name, known, 1)), None) for name in sorted(likely) if name not in known}
    return {f"{PREFIX}{name}": f"{PREFIX}{close}" if close else None for name, close in meant.items()}
