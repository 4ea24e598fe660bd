"""The client file: one client's whole state as readable TOML, read, checked and written."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from babel.numbers import is_currency

from bot.office.client_file.document import DOCUMENT, ENTRIES, ORDERED, RULES, SECRETS, SERVICE_RULES, TEXTS
from bot.office.client_file.place import Fault, Path, Place, Setting, statements
from bot.office.client_file.tables import Each, Fields, Rows, Week
from bot.update import Json
from bot.values import CHANNEL, LANGUAGES

__all__ = [
    "DOCUMENT", "ENTRIES", "ORDERED", "RULES", "SECRETS", "SERVICE_RULES", "TEXTS",
    "BadFile", "Content", "check", "label", "parse", "setting_of", "write",
]  # fmt: skip

Content = dict[str, Json]
"""What a client file says, complete and in the house's units: JSON, with the names of DOCUMENT."""

AT: Final = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)")


class BadFile(Exception):
    """A client file that can't be taken; ``faults`` name each line and the reason."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def parse(text: str, source: str) -> Content:
    """What the file says. Raises BadFile with everything that is wrong with it, ``source`` being its name there."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")  # as some editors write
    try:
        said = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as wrong:
        at = AT.search(str(wrong))
        line = at[1] if at and at[1] else text.count("\n") + 1
        raise BadFile((f"{source}, line {line}: {AT.sub('', str(wrong))}",)) from None
    content, faults = check(said, source, statements(text))
    if faults:
        raise BadFile(tuple(fault.text for fault in faults))
    return content


def check(
    said: Mapping[str, Any], source: str = "", lines: Mapping[Path, int] | None = None
) -> tuple[Content, list[Fault]]:
    """What a document says, complete, and what is wrong with it: the content is good only where nothing is."""
    place = Place(source, lines or {}, provisional(said))
    content: Content = DOCUMENT.read(said, place)
    if not place.faults:
        refer(content, place)
    if place.faults:
        return content, sorted(place.faults, key=lambda fault: fault[:2])
    return DOCUMENT.complete(content), []


def label(section: str, entry: Json) -> str:
    """What an entry of [[closures]] or [[coverage]] is called, as it has no key of its own."""
    form, _ = DOCUMENT.schema[section]
    assert isinstance(form, Rows), f"[[{section}]] is no list of tables"
    return form.label(entry)


def setting_of(content: Mapping[str, Json]) -> Setting:
    """What the reading and writing of this client's values depends on."""
    return Setting(tuple(content["languages"]), content["currency"], content["country"])


def provisional(said: Mapping[str, Any]) -> Setting:
    """The setting of a file that is not checked yet."""
    languages = said.get("languages")
    spoken = tuple(one for one in languages if one in LANGUAGES) if isinstance(languages, list) else ()
    currency, country = said.get("currency"), said.get("country")
    known = currency if isinstance(currency, str) and is_currency(currency, "en") else "EUR"
    return Setting(spoken or LANGUAGES, known, country if isinstance(country, str) else "")


def refer(content: Content, at: Place) -> None:
    """Checks that what is named exists, and gives a service without ``resources`` all of them."""
    known = list(content["resources"])
    for key, service in content["services"].items():
        named = known if service["resources"] is None else service["resources"]
        for stranger in set(named) - set(known):
            (at / "services" / key / "resources").fault(f"names '{stranger}', which is not one of [resources]")
        service["resources"] = [resource for resource in known if resource in named]
    for place, closed in enumerate(content["closures"].values()):
        if closed["resource"] and closed["resource"] not in known:
            (at / "closures" / place / "resource").fault(
                f"names '{closed['resource']}', which is not one of [resources]"
            )
    whom = {*content["contacts"], CHANNEL}
    for place, rule in enumerate(content["hears"].values()):
        for stranger in {*rule["to"], rule["contact"] or CHANNEL} - whom:
            (at / "hears" / place).fault(f"names '{stranger}', which is neither one of [contacts] nor '{CHANNEL}'")


# --- writing ----------------------------------------------------------------------------------------------------------


def write(content: Mapping[str, Json]) -> str:
    """The content as a file, leaving out what is as it would be anyway: ``parse`` of it gives the content again."""
    setting = setting_of(content)
    plain, tables = [], []
    for key, (form, default) in DOCUMENT.schema.items():
        value = content.get(key)
        if value is None or value == default:
            continue
        if isinstance(form, Fields | Each | Week):
            tables += blocks(key, form, value, setting)
        else:
            plain.append(f"{key} = {form.write(value, setting)}")
    return "\n".join(plain) + "\n" + "".join(f"\n{block}\n" for block in tables)


def blocks(key: str, form: Fields | Each | Week, value: Json, setting: Setting) -> list[str]:
    """A table of the file, or the tables of its entries, each with its header."""
    if isinstance(form, Rows):
        return [block(f"[[{key}]]", form.form, entry, setting) for entry in value.values()]
    if isinstance(form, Each):
        return [block(f"[{key}.{name}]", form.form, entry, setting) for name, entry in value.items()]
    if key == "texts":
        return [block(f"[{key}.{name}]", form.inner(name), said, setting) for name, said in value.items() if said]
    lines = form.lines(value, setting)
    return [block(f"[{key}]", form, value, setting)] if lines else []


def block(header: str, form: Any, value: Json, setting: Setting) -> str:
    return "\n".join([header, *(f"{key} = {said}" for key, said in form.lines(value, setting))])
