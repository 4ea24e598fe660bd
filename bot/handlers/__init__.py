"""The handlers of every face; importing this enters them all in the registries of bot.ability."""

from bot.handlers import clock, customer, network, team, va

__all__ = ["clock", "customer", "network", "team", "va"]
