"""What `python -m bot` imports and learns at its start: imported where processes are forked from."""

# ruff: noqa: F401  a command imports what it runs
import bot.app
import bot.cli
import storage.migrate
from bot import i18n
from bot.reading import changes, wishes

i18n.load()
wishes.prepare()
changes.prepare()
