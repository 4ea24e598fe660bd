"""What is said, in the reader's language: catalogs, dates, money and lists, and the choice of a language."""

from bot.i18n.catalog import load
from bot.i18n.language import choose_language
from bot.i18n.markers import _, _n
from bot.i18n.render import plain, render
from bot.i18n.show import show, show_time, weekday_headers
from bot.i18n.typed import decode, encode

__all__ = [
    "_",
    "_n",
    "choose_language",
    "decode",
    "encode",
    "load",
    "plain",
    "render",
    "show",
    "show_time",
    "weekday_headers",
]
