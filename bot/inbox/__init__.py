"""The inbox: the pages in which the desk works, one for all the clients that a member is given."""

from bot.inbox.site import Inbox

__all__ = ["Inbox"]
