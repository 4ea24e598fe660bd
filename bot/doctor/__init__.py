"""The doctor: looks at configuration, database, tokens and clients, and says what to do about what it finds."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple

from sqlalchemy import URL, Connection, make_url
from sqlalchemy.exc import SQLAlchemyError

from bot.doctor.clients import examine_client
from bot.doctor.finding import Finding, Level
from bot.i18n import _
from bot.secrets import NoKey, Undecipherable, Vault, key_file, vault
from bot.settings import Settings, strangers
from bot.values import Client
from storage.clients import Account, accounts, all_clients
from storage.database import Unavailable, open_database
from storage.migrate import is_current

__all__ = ["Ask", "Finding", "Level", "examine", "examine_one"]

Tokens = Mapping[int, str | Exception | None]
"""The token of each account, by its id; None where it has none, or why it can't be read."""

Ask = Callable[[Account, str], Awaitable[str | None]]
"""Asks an account's network who it is, with its token: None if it answers, else what is wrong (never the token)."""

MIGRATE: Final = "Run `python -m bot migrate`."


class State(NamedTuple):
    """What the database holds that the doctor looks at."""

    clients: list[Client]
    accounts: list[Account]


async def examine(settings: Settings, now: datetime, ask: Ask | None = None) -> list[Finding]:
    """Everything found, the installation first, then client by client. ``ask`` tries the tokens on their networks.

    Nothing is made or changed: neither a database nor a key that is not there yet.
    """
    found = list(of_settings(settings))
    keys = the_vault(settings)
    if isinstance(keys, Finding):
        found.append(keys)
    state = await look(settings)
    if isinstance(state, Finding):
        return [*found, state]
    if not state.clients:
        found.append(
            Finding(Level.WARNING, "", "There is no client yet.", "Load one: `python -m bot client load FILE`.")
        )
    tokens = {account.id: open_token(account, keys) for account in state.accounts}
    found += same_bot(state, tokens)
    for client in state.clients:
        found += examine_client(client, now)
        own = [account for account in state.accounts if account.client_id == client.id]
        found += of_accounts(client, own, tokens)
        if ask is not None:
            found += [trouble async for trouble in tried(client, own, tokens, ask)]
    return found


# --- the installation -------------------------------------------------------------------------------------------------


def of_settings(settings: Settings) -> Iterator[Finding]:
    """What is wrong around the settings, which themselves have been read."""
    for name, meant in strangers().items():
        do = f"Did you mean {meant}?" if meant else "Take it out of the environment."
        yield Finding(Level.WARNING, "", f"{name} is no setting.", do)
    folder = settings.folder
    if folder.exists() and not (folder.is_dir() and os.access(folder, os.W_OK)):
        what = f"Attachments can't be kept in {folder}."
        yield Finding(Level.ERROR, "", what, "Make it a folder that this user may write to, or set CENTRALINO_FILES.")


def the_vault(settings: Settings) -> Vault | Finding | None:
    """The vault, None where no key was made yet, or what is wrong with it."""
    try:
        file = None if settings.keys else key_file(settings.database_url)
        if file is not None and not file.exists():
            return None
        if file is not None and file.stat().st_mode & 0o077:
            do = f"Make it its owner's alone: `chmod 600 {file}`."
            return Finding(Level.ERROR, "", f"Others may read the key file {file}.", do)
        return vault(settings.database_url, settings.keys)
    except NoKey as wrong:
        return Finding(Level.ERROR, "", str(wrong), "Without it no token can be read.")


async def look(settings: Settings) -> State | Finding:
    """What the database holds, or why that can't be read."""
    url = make_url(settings.database_url)
    if is_missing(url):
        return Finding(Level.ERROR, "", f"There is no database at {url.database}.", MIGRATE)
    try:
        database = open_database(url)
        try:
            return await database.read(state_of)
        finally:
            await database.close()
    except (Unavailable, SQLAlchemyError, OSError) as wrong:
        what = f"The database {url.render_as_string()} can't be read: {wrong}."
        return Finding(Level.ERROR, "", what, "Check CENTRALINO_DATABASE_URL, and that the server runs.")


def is_missing(url: URL) -> bool:
    """Whether this would be a new SQLite file."""
    return url.get_backend_name() == "sqlite" and not (url.database and Path(url.database).exists())


def state_of(rows: Connection) -> State | Finding:
    """What the database holds, if it stands where this version needs it."""
    if not is_current(rows):
        return Finding(Level.ERROR, "", "The database is not as this version needs it.", MIGRATE)
    return State(all_clients(rows), accounts(rows))


# --- accounts ---------------------------------------------------------------------------------------------------------


async def examine_one(client: Client, own: Iterable[Account], keys: Vault, now: datetime, ask: Ask) -> list[Finding]:
    """Everything found about one client and its accounts, whose tokens are tried on their networks."""
    own = list(own)
    tokens = {account.id: open_token(account, keys) for account in own}
    found = [*of_accounts(client, own, tokens), *examine_client(client, now)]
    return [*[trouble async for trouble in tried(client, own, tokens, ask)], *found]


async def tried(client: Client, own: Iterable[Account], tokens: Tokens, ask: Ask) -> AsyncIterator[Finding]:
    """The accounts that do not answer to their tokens."""
    for account in own:
        token = tokens[account.id]
        if isinstance(token, str) and (trouble := await ask(account, token)):
            yield Finding(
                Level.ERROR,
                client.slug,
                _("Its {channel} account “{account}” does not answer: {trouble}."),
                _("Check the token with who gave it out, and give it again."),
                {"channel": account.channel, "account": account.name, "trouble": trouble},
                account.channel,
            )


def open_token(account: Account, keys: Vault | Finding | None) -> str | Exception | None:
    """The account's token; None where it has none, or why it can't be read."""
    if not account.token:
        return None
    if not isinstance(keys, Vault):
        return Undecipherable("there is no key to open it with")
    try:
        return keys.open(account.token)
    except Undecipherable as wrong:
        return wrong


def of_accounts(client: Client, own: Iterable[Account], tokens: Tokens) -> Iterator[Finding]:
    """What is wrong with a client's accounts."""
    own = list(own)
    if not any(account.channel == "telegram" for account in own):
        what = _("It has no Telegram account, so no customer can write to it.")
        yield Finding(Level.ERROR, client.slug, what, _("Give it a bot of its own."), {}, "telegram")
    for account in own:
        token, variable = tokens[account.id], account.settings.get("token_env") or "token"
        values = {"channel": account.channel, "account": account.name, "variable": variable}
        if token is None:
            what = _("Its {channel} account “{account}” has no token.")
            do = _("Give it one, or set {variable} and load the client again.")
            yield Finding(Level.ERROR, client.slug, what, do, values, account.channel)
        elif isinstance(token, Exception):
            what = _("The token of its {channel} account “{account}” can't be read: {trouble}.")
            do = _("Put the old key after the new one in CENTRALINO_KEY, or give the token again.")
            yield Finding(Level.ERROR, client.slug, what, do, {**values, "trouble": str(token)}, account.channel)
        elif is_deaf(account):
            what = _("Its Slack account “{account}” has no signing secret and no app token, so nobody there is heard.")
            do = _("Set {variable} and load the client again.")
            secret = account.settings.get("signing_secret_env") or "signing_secret_env"
            yield Finding(Level.ERROR, client.slug, what, do, {**values, "variable": secret}, account.channel)
        if account.trouble:
            what = _("Its {channel} account “{account}” is in trouble: {trouble}.")
            values = {**values, "trouble": account.trouble}
            yield Finding(Level.WARNING, client.slug, what, _("See the log."), values, account.channel)


def is_deaf(account: Account) -> bool:
    """Whether a workspace has nothing by which we would know that it is Slack who brings what happens there."""
    sealed = account.settings.get("sealed", {})
    return account.channel == "slack" and not (sealed.get("signing_secret") or sealed.get("app_token"))


def same_bot(state: State, tokens: Tokens) -> Iterator[Finding]:
    """Two accounts with one token would take each other's messages."""
    first: dict[str, Account] = {}
    for account in state.accounts:
        token = tokens[account.id]
        if isinstance(token, str) and (other := first.setdefault(token, account)) is not account:
            what = f"The accounts '{other.name}' and '{account.name}' have the same token."
            yield Finding(Level.ERROR, "", what, "Give each client a bot of its own.")
