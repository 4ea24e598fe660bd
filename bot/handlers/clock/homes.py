"""What home pages show has changed: those of who has looked at hers are shown anew where they read otherwise now."""

from __future__ import annotations

from bot.ability import action
from bot.dialog import Turn
from bot.i18n import choose_language
from bot.office import homes
from bot.questions.team_home import Absent, home_of
from bot.update import Face, Writer
from storage import members


@action("homes", Face.CLOCK)
async def shown_anew(turn: Turn) -> None:
    """Shows every member the page that she is on, as it is now."""
    client = turn.client
    for one in members.with_homes(turn.rows, client.id):
        member = Absent(client, Writer(one.user, one.name, one.language, guest=one.guest), turn.rows, turn.now)
        page, language = one.page or 0, choose_language(one.language[:2].lower(), "", client)
        homes.show(turn.write, client, one.user, home_of(member, page), page, turn.now, language, one.says)
