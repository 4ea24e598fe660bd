"""Reading what a message says from the fields of a call."""

from typing import Any

from sandbox.telegram.errors import bad_request
from sandbox.telegram.fields import Fields
from sandbox.telegram.formatting import parse_html
from sandbox.telegram.text import MAX_CAPTION, MAX_TEXT, Entity, formatted, units, visible

_ENTITY = {"type", "offset", "length", "url", "language", "user", "custom_emoji_id"}


def read_text(fields: Fields) -> dict[str, Any]:
    """`text` and `entities` of a message; ApiError 400 if it is empty, too long or does not parse."""
    content = _read(fields, "text", "entities")
    if not visible(content.get("text", "")):
        raise bad_request("message text is empty")
    if units(content["text"]) > MAX_TEXT:
        raise bad_request("message is too long")
    return content


def read_caption(fields: Fields) -> dict[str, Any]:
    """`caption` and `caption_entities`, both left out where there is none."""
    content = _read(fields, "caption", "caption_entities")
    if units(content.get("caption", "")) > MAX_CAPTION:
        raise bad_request("message caption is too long")
    return content


def _read(fields: Fields, name: str, entities_name: str) -> dict[str, Any]:
    source, entities = fields.text(name) or "", _given(fields, entities_name)
    mode = (fields.text("parse_mode") or "").lower()
    if mode == "html":
        source, entities = parse_html(source)
    elif mode:
        raise bad_request("unsupported parse_mode")
    done = formatted(source, entities)
    content: dict[str, Any] = {name: done.text} if done.text else {}
    return content | ({entities_name: done.entities} if done.entities else {})


def _given(fields: Fields, name: str) -> list[Entity]:
    entities = fields.structure(name, list) or []
    for entity in entities:
        if not isinstance(entity, dict) or not {"type", "offset", "length"} <= entity.keys() <= _ENTITY:
            raise bad_request("can't parse MessageEntity")
    return list(entities)
