"""The job loop: claims what is due, performs each job with no transaction open, and marks what became of it."""

from bot.delivery.loop import Delivery
from bot.delivery.pacing import UNPACED, Pace, Rate

__all__ = ["UNPACED", "Delivery", "Pace", "Rate"]
