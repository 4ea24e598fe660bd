"""Who wanted something told hears that it was, or that it lapsed."""

from __future__ import annotations

from bot.ability import action
from bot.dialog import Turn
from bot.i18n import _, choose_language
from bot.office import posting
from bot.posts import Post, Press, Text, line
from bot.questions import told_news
from bot.questions.phone import shown_phone
from bot.update import Face
from storage import callers, members, relays
from storage.relays import Entered


@action("relay_told", Face.CLOCK)
async def relay_told(turn: Turn) -> None:
    """The ``customer`` was told the ``relay``."""
    found = relays.by_id(turn.rows, turn.client.id, int(turn.given["relay"]))
    customer = callers.by_id(turn.rows, turn.client.id, int(turn.given["customer"]))
    if found is not None:
        name = (customer.called if customer is not None else "") or shown_phone(found.phone)
        bare = told_news.references(turn.client)
        said = _("The customer was told it.") if bare else line(_("Told to {name}."), name=name)
        tell(turn, found, said, customer.id if customer is not None else None)


@action("relay_lapsed", Face.CLOCK)
async def relay_lapsed(turn: Turn) -> None:
    """Its time is over: nobody was told the ``relay``."""
    found = relays.by_id(turn.rows, turn.client.id, int(turn.given["relay"]))
    if found is not None and found.withdrawn_at is None and not relays.ever_told(turn.rows, found.id):
        tell(turn, found, line(_("Nobody was told this in time. It is not told any more.")), found.customer_id)


def tell(turn: Turn, found: Entered, said: Text, about: int | None = None) -> None:
    """A direct message to who wanted it told, in her own language."""
    client, member = turn.client, members.find(turn.rows, turn.client.id, found.member)
    if member.left:
        return
    language = choose_language("", member.language, client)
    words = found.texts.get(language) or next(iter(found.texts.values()), "")
    opens = Press(told_news.READ, "relay_open", str(found.id))
    bare = told_news.references(client)
    post = Post(lines=(said,), buttons=((opens,),)) if bare else Post(lines=(said,), quote=words)
    if about is None:
        posting.say(turn.write, client, post, turn.now, place=member.user, language=language)
        return
    key = f"relay:{found.id}:{about}:{turn.now.isoformat()}"
    posting.put(turn.write, client, key, post, turn.now, place=member.user, language=language, about=about)
