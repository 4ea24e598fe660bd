"""The rules of the grammar, shared by all languages. Importing this enters them."""

from bot.reading.moments.rules import clocks, days, numbers, periods, ranges

__all__ = ["clocks", "days", "numbers", "periods", "ranges"]
