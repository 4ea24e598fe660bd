"""The dialog engine: handlers are functions that ask, run again from the top at each turn (docs/decisions)."""

from bot.dialog.asking import NOTHING, Ask, Confirm, Keep
from bot.dialog.engine import Ended, Handler, Heard, Run
from bot.dialog.frame import Frame
from bot.dialog.reader import Option, Options, Reader
from bot.dialog.surface import Scene, Spoken, Turn, button

__all__ = [
    "NOTHING",
    "Ask",
    "Confirm",
    "Ended",
    "Frame",
    "Handler",
    "Heard",
    "Keep",
    "Option",
    "Options",
    "Reader",
    "Run",
    "Scene",
    "Spoken",
    "Turn",
    "button",
]
