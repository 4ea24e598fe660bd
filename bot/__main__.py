"""``python -m bot``: see ``bot.cli``."""

import gc

gc.set_threshold(100_000)  # what is loaded stays: to look for garbage in it meanwhile is a tenth of a start

from bot.cli import app  # noqa: E402

app()
