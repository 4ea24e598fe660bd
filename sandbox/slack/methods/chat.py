"""Messages: post, edit, delete, and what one member alone sees."""

from typing import Any

from sandbox.slack.blocks import check_message
from sandbox.slack.errors import SlackError
from sandbox.slack.events import changed, posted, removed
from sandbox.slack.fields import Fields
from sandbox.slack.methods.registry import method
from sandbox.slack.things import Event, Message
from sandbox.slack.workspace import Workspace

LONGEST = 40_000
SHOWN = ("text", "blocks", "parse", "link_names")
UNFOLDS = ("unfurl_links", "unfurl_media", "metadata")


def content(fields: Fields) -> tuple[str, list[dict[str, Any]]]:
    """The text and the blocks of a message."""
    text, blocks = fields.text("text"), fields.structure("blocks")
    if len(text) > LONGEST:
        raise SlackError("msg_too_long")
    found = check_message(blocks) if blocks else []
    if not text and not found:
        raise SlackError("no_text")
    return text, found


@method("auth.test")
def auth_test(space: Workspace, fields: Fields) -> dict[str, Any]:
    """Who the token belongs to."""
    where = f"https://{space.name}.slack.com/"
    return {"url": where, "team": space.name, "user": space.bot.name, "team_id": space.team, "user_id": space.bot.id,
            "bot_id": f"B{space.bot.id[1:]}"}  # fmt: skip


@method("chat.postMessage", "channel", "thread_ts", "reply_broadcast", "mrkdwn", *SHOWN, *UNFOLDS)
def post_message(space: Workspace, fields: Fields) -> dict[str, Any]:
    """Post to a channel, a thread, or a member."""
    channel = space.writable(fields.text("channel", "channel_not_found"))
    text, blocks = content(fields)
    thread = fields.text("thread_ts")
    if thread and space.message(channel, thread).thread:
        raise SlackError("cannot_reply_to_message")
    message = space.post(channel, Message(space.stamp(), space.bot.id, text, blocks, thread))
    posted(space, channel, message)
    return {"channel": channel.id, "ts": message.ts, "message": {"text": text, "ts": message.ts}}


@method("chat.update", "channel", "ts", "as_user", *SHOWN, *UNFOLDS)
def update(space: Workspace, fields: Fields) -> dict[str, Any]:
    """Edit a message of ours."""
    named = fields.text("channel", "channel_not_found")
    if named not in space.channels:
        raise SlackError("channel_not_found")
    channel = space.writable(named)
    message = space.message(channel, fields.text("ts", "message_not_found"))
    if message.user != space.bot.id:
        raise SlackError("cant_update_message")
    before = message.text
    message.text, message.blocks = content(fields)
    message.edited = True
    space.show(Event("edited", channel.id, message))
    changed(space, channel, message, before)
    return {"channel": channel.id, "ts": message.ts, "text": message.text}


@method("chat.delete", "channel", "ts", "as_user")
def delete(space: Workspace, fields: Fields) -> dict[str, Any]:
    """Take a message of ours away."""
    channel = space.writable(fields.text("channel", "channel_not_found"))
    message = space.message(channel, fields.text("ts", "message_not_found"))
    if message.user != space.bot.id:
        raise SlackError("cant_delete_message")
    channel.messages.remove(message)
    space.show(Event("deleted", channel.id, message))
    removed(space, channel, message)
    return {"channel": channel.id, "ts": message.ts}


@method("chat.postEphemeral", "channel", "user", "thread_ts", *SHOWN)
def post_ephemeral(space: Workspace, fields: Fields) -> dict[str, Any]:
    """Show one member something in a channel."""
    channel = space.writable(fields.text("channel", "channel_not_found"))
    user = fields.text("user", "user_not_in_channel")
    if user not in space.users:
        raise SlackError("user_not_in_channel")
    text, blocks = content(fields)
    thread = fields.text("thread_ts")
    message = space.post(channel, Message(space.stamp(), space.bot.id, text, blocks, thread, only=user))
    return {"message_ts": message.ts}


@method("chat.getPermalink", "channel", "message_ts")
def permalink(space: Workspace, fields: Fields) -> dict[str, Any]:
    """Where a message is read."""
    channel = space.channel(fields.text("channel", "channel_not_found"))
    ts = space.message(channel, fields.text("message_ts", "message_not_found")).ts
    link = f"https://{space.name}.slack.com/archives/{channel.id}/p{ts.replace('.', '')}"
    return {"channel": channel.id, "permalink": link}


@method("reactions.add", "channel", "name", "timestamp")
def react(space: Workspace, fields: Fields) -> dict[str, Any]:
    """Put an emoji on a message."""
    channel = space.writable(fields.text("channel", "channel_not_found"))
    message = space.message(channel, fields.text("timestamp", "message_not_found"))
    users = message.reactions.setdefault(fields.text("name", "invalid_name"), [])
    if space.bot.id in users:
        raise SlackError("already_reacted")
    users.append(space.bot.id)
    space.show(Event("edited", channel.id, message))
    return {}
