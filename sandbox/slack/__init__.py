"""A loopback Slack: a strict Web API, and members to play."""

from sandbox.slack.faults import Fault
from sandbox.slack.member import Member
from sandbox.slack.server import Call, Slack
from sandbox.slack.things import Channel, Event, File, Message, User, View
from sandbox.slack.workspace import Workspace

__all__ = ["Call", "Channel", "Event", "Fault", "File", "Member", "Message", "Slack", "User", "View", "Workspace"]
