"""What a new client begins with: client files of its trade, without the client's own name and people."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from bot.i18n import _
from bot.office import client_file
from bot.office.client_edit import BadEdit, key_of, pruned
from bot.office.client_file import Content

HERE: Final = Path(__file__).parent
TITLES: Final = {
    "practice": _("A practice"),
    "salon": _("A salon"),
    "workshop": _("A workshop, a shop"),
    "office": _("An office"),
}
"""The trades, by the name of their file."""


def drawn(
    kind: str, profile: Mapping[str, Any], people: Sequence[str], coverage: Sequence[Mapping[str, Any]]
) -> Content:
    """The content of a new client of a trade.

    ``profile`` are keys of a client file that are the client's own (``slug``, ``name``, ``languages``...), ``people``
    give all services, and ``coverage`` says who answers. Raises BadEdit with what can't be so, KeyError for no trade.
    """
    if kind not in TITLES:
        raise KeyError(kind)
    raw: dict[str, Any] = tomllib.loads((HERE / f"{kind}.toml").read_text(encoding="utf-8"), parse_float=Decimal)
    own = {name: value for name, value in profile.items() if value not in (None, "")}
    raw |= own
    raw["resources"] = {key_of(name, ()): {"name": name} for name in people or [str(own.get("name") or kind)]}
    raw["coverage"] = [dict(one) for one in coverage]
    content, faults = client_file.check(pruned(raw, own.get("languages", ())))
    if faults:
        raise BadEdit([tuple(map(str, fault.path)) for fault in faults], [fault.text for fault in faults])
    return content
