"""Abilities that show what reached them: for tests of the channel, which is not to know any of the house's own."""

from bot.ability import action, command
from bot.dialog import Option, Turn, button
from bot.update import Attachment, Face
from bot.values import Msgid


def enter() -> None:
    """Enters them in the registries."""

    @command("start", Msgid("Begin"))
    async def start(turn: Turn) -> None:
        turn.say(Msgid("Hello {name}{payload}"), name=turn.update.writer.name, payload=turn.given.get("payload", ""))

    @command("say", Msgid("Say something"))
    async def say(turn: Turn) -> None:
        turn.say(Msgid("{text}"), text=turn.update.text)

    @command("bold", Msgid("Say it loudly"))
    async def bold(turn: Turn) -> None:
        turn.say(Msgid("<b>{text}</b>"), text=turn.update.text)

    @command("pick", Msgid("Choose"))
    async def pick(turn: Turn) -> None:
        turn.say(Msgid("Which one?"), buttons=[[button("One", "picked", "1"), button("Two", "picked", "2")]])

    @action("picked")
    async def picked(turn: Turn) -> None:
        turn.say(Msgid("You took {n}."), n=int(turn.given["argument"]))

    @command("share", Msgid("Share"))
    async def share(turn: Turn) -> None:
        turn.say(Msgid("Your number?"), buttons=[[Option("My number", asks="contact")], [Option("No")]])

    @command("file", Msgid("A file"))
    async def a_file(turn: Turn) -> None:
        calendar = "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
        file = Attachment("document", "środa.ics", "text/calendar", content=calendar)
        turn.say(Msgid("Here it is."), attach=file)

    @command("break", Msgid("Break"))
    async def broken(turn: Turn) -> None:
        raise RuntimeError("broken")

    @action("remind", Face.CLOCK)
    async def remind(turn: Turn) -> None:
        turn.say(Msgid("Remember {what}."), what=turn.given["what"])
