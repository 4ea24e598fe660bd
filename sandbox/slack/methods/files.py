"""Files: an address to put the bytes at, then their place."""

from typing import Any

from sandbox.slack.errors import SlackError
from sandbox.slack.events import file_json, posted
from sandbox.slack.fields import Fields
from sandbox.slack.methods.registry import method
from sandbox.slack.things import File, Message
from sandbox.slack.workspace import Workspace


@method("files.getUploadURLExternal", "filename", "length", "alt_txt", "snippet_type")
def upload_address(space: Workspace, fields: Fields) -> dict[str, Any]:
    """Where the bytes of a new file go."""
    if fields.number("length", 0) < 1:
        raise SlackError("invalid_arguments", "length must be more than 0")
    file = File(space.new_id("F"), fields.text("filename", "invalid_arguments"), "", b"", space.bot.id)
    space.files[file.id] = file
    return {"upload_url": f"{space.url}/upload/{space.team}/{file.id}", "file_id": file.id}


@method("files.completeUploadExternal", "files", "channel_id", "channels", "initial_comment", "thread_ts", "blocks")
def complete_upload(space: Workspace, fields: Fields) -> dict[str, Any]:
    """Shows uploaded files in a channel."""
    channel = space.channels.get(fields.text("channel_id"))
    if channel is None:
        raise SlackError("channel_not_found")
    space.writable(channel.id)
    found = []
    for named in fields.structure("files") or ():
        file = space.files.get(named["id"])
        if file is None or not file.data:
            raise SlackError("file_not_found")
        file.name, file.shared = named.get("title") or file.name, True
        found.append(file)
    text = fields.text("initial_comment")
    message = Message(space.stamp(), space.bot.id, text, thread=fields.text("thread_ts"), files=found)
    space.post(channel, message)
    posted(space, channel, message)
    return {"files": [file_json(file) for file in found]}


@method("files.delete", "file")
def delete_file(space: Workspace, fields: Fields) -> dict[str, Any]:
    """Takes a file of our app's own away; the messages that hold nothing else go with it."""
    file = space.files.get(fields.text("file", "file_not_found"))
    if file is None:
        raise SlackError("file_not_found")
    if file.user != space.bot.id:
        raise SlackError("cant_delete_file")
    del space.files[file.id]
    for channel in space.channels.values():
        for message in [one for one in channel.messages if file in one.files]:
            message.files.remove(file)
            if not message.files and not message.text:
                channel.messages.remove(message)
    return {}


@method("files.info", "file")
def file_info(space: Workspace, fields: Fields) -> dict[str, Any]:
    """A file."""
    file = space.files.get(fields.text("file", "file_not_found"))
    if file is None:
        raise SlackError("file_not_found")
    return {"file": file_json(file)}
