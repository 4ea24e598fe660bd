"""The environment read into settings, and what is said of what can't be used."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.settings import Listen, Log, Misconfigured, read_settings, secret_from_env, strangers


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("CENTRALINO_")]:
        monkeypatch.delenv(name)


def test_nothing_needs_to_be_set() -> None:
    settings = read_settings()
    assert settings.database_url == "sqlite:///centralino.db"
    assert settings.listen == Listen("127.0.0.1", 8080)
    assert (settings.public_url, settings.keys, settings.folder) == (None, None, Path("files"))
    assert (settings.telegram_api, settings.slack_api) == ("https://api.telegram.org", "https://slack.com/api/")
    assert settings.log == Log("text", "info")


@pytest.mark.parametrize(
    ("name", "said", "field", "value"),
    [
        ("LISTEN", "0.0.0.0:80", "listen", Listen("0.0.0.0", 80)),
        ("LISTEN", "[::1]:8080", "listen", Listen("::1", 8080)),
        ("LISTEN", "", "listen", Listen("127.0.0.1", 8080)),
        ("PUBLIC_URL", "https://desk.example.org/", "public_url", "https://desk.example.org"),
        ("PUBLIC_URL", "http://localhost:8080", "public_url", "http://localhost:8080"),
        ("PUBLIC_URL", "http://[::1]:8080", "public_url", "http://[::1]:8080"),
        ("TELEGRAM_API", "http://127.0.0.1:9000/", "telegram_api", "http://127.0.0.1:9000"),
        ("SLACK_API", "http://127.0.0.1:9000/api", "slack_api", "http://127.0.0.1:9000/api/"),
        ("LOG", "json", "log", Log("json", "info")),
        ("LOG", "debug", "log", Log("text", "debug")),
        ("LOG", "JSON, warning", "log", Log("json", "warning")),
        ("DATABASE_URL", "postgresql+psycopg://a@b/c", "database_url", "postgresql+psycopg://a@b/c"),
        ("FILES", "/srv/files", "folder", Path("/srv/files")),
        ("DATABASE_URL", "sqlite:////srv/desk.db", "folder", Path("/srv/files")),
        ("KEY", "one,two", "keys", "one,two"),
    ],
)
def test_what_can_be_said(monkeypatch: pytest.MonkeyPatch, name: str, said: str, field: str, value: object) -> None:
    monkeypatch.setenv(f"CENTRALINO_{name}", said)
    assert getattr(read_settings(), field) == value


@pytest.mark.parametrize(
    ("name", "said", "reason"),
    [
        ("LISTEN", "8080", "must be an address and a port, like 127.0.0.1:8080; it is '8080'"),
        ("LISTEN", "127.0.0.1:99999", "must be an address and a port"),
        ("PUBLIC_URL", "http://desk.example.org", "must begin with https://"),
        ("PUBLIC_URL", "desk.example.org", "must be an address like https://desk.example.org"),
        ("TELEGRAM_API", "ftp://api.telegram.org", "must be an address"),
        ("LOG", "yaml", "must be text or json, and one of debug, info, warning, error"),
        ("LOG", "json text", "must be text or json"),
        ("DATABASE_URL", "mysql://a:word@b/c", "must be like sqlite:///centralino.db or postgresql+psycopg://"),
        ("DATABASE_URL", "centralino.db", "must be like sqlite:///centralino.db"),
        ("DATABASE_URL", "sqlite://centralino.db", "must be like sqlite:///centralino.db"),
    ],
)
def test_what_cannot(monkeypatch: pytest.MonkeyPatch, name: str, said: str, reason: str) -> None:
    monkeypatch.setenv(f"CENTRALINO_{name}", said)
    with pytest.raises(Misconfigured) as wrong:
        read_settings()
    assert str(wrong.value).startswith(f"CENTRALINO_{name} {reason}")
    assert "word" not in str(wrong.value)


def test_everything_wrong_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CENTRALINO_LISTEN", "x")
    monkeypatch.setenv("CENTRALINO_LOG", "x")
    with pytest.raises(Misconfigured) as wrong:
        read_settings()
    assert len(wrong.value.faults) == 2


def test_no_secret_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CENTRALINO_KEY", "the-key")
    monkeypatch.setenv("CENTRALINO_DATABASE_URL", "postgresql+psycopg://desk:the-word@db/desk")
    assert "the-" not in repr(read_settings())


def test_a_secret_that_a_client_file_names(monkeypatch: pytest.MonkeyPatch) -> None:
    assert secret_from_env("BARBER_TOKEN") is None
    monkeypatch.setenv("BARBER_TOKEN", " 123:abc\n")
    assert secret_from_env("BARBER_TOKEN") == "123:abc"
    monkeypatch.setenv("BARBER_TOKEN", " ")
    assert secret_from_env("BARBER_TOKEN") is None


def test_what_looks_like_a_setting_and_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CENTRALINO_LISTN", "127.0.0.1:8080")
    monkeypatch.setenv("CENTRALINO_X", "1")
    monkeypatch.setenv("CENTRALINO_LISTEN", "127.0.0.1:8080")
    assert strangers() == {"CENTRALINO_LISTN": "CENTRALINO_LISTEN", "CENTRALINO_X": None}
