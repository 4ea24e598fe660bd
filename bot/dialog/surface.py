"""The Turn: all that a handler sees and may do while it handles one update."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final, NoReturn, TypeVar

from sqlalchemy import Connection
from sqlmodel import Session

from bot.dialog.asking import NOTHING, Ask, Confirm, Keep
from bot.dialog.frame import Frame
from bot.dialog.reader import Option, Options, Reader
from bot.i18n import _, choose_language, plain
from bot.office.rendering import Reading, as_json, rendered
from bot.posts import FROM_HOME, Modal, Post, Text
from bot.reading import Ear
from bot.update import Attachment, Face, Json, Reply, Update, Writer
from bot.values import Client, ClientText, Conversation, Customer, Effect, Message, Msgid, Who
from storage.database import savepoint

T = TypeVar("T")
RIGHT: Final = _("Is everything right?")
YES: Final = _("Yes, that's right")
MOST_BYTES: Final = 63
"""What a button of ours may carry: Telegram takes 64, of which one says that it is ours."""


@dataclass(slots=True)
class Spoken:
    """A message before it is rendered: its lines, each a message with its values, and what goes with them."""

    parts: list[tuple[Message, Mapping[str, Any]]]
    buttons: Options = ()
    attach: tuple[Attachment, ...] = ()
    edits: str = ""  # the network's id of our message that it replaces
    token: int = 0  # of the question whose buttons these are
    speaker: str = "bot"


class Again(Exception):
    """A handler rejects an answer: see ``Turn.again``."""

    def __init__(self, name: str, hint: Message, values: Mapping[str, Any]) -> None:
        super().__init__(name)
        self.name = name
        self.hint = hint
        self.values = values


@dataclass(slots=True)
class Scene:
    """What one run may change: taken back as a whole when the run is rolled back."""

    conversation: Conversation | None
    customer: Customer | None
    spoken: list[Spoken] = field(default_factory=list)
    reply: Reply | None = None
    resume: str = ""  # take the dialogs up again: "on" at once, "ask" after asking
    leaves: bool = False  # the dialog below this one is left
    then: tuple[str, Mapping[str, Any], str] | None = None  # the ability that begins when this one has ended

    def saying(self, spoken: list[Spoken], reply: Reply | None) -> Scene:
        """The same with other words said."""
        return Scene(self.conversation, self.customer, spoken, reply, self.resume, self.leaves, self.then)


class Turn:
    """The handling of one update, as its handler sees it.

    ``client``, ``customer`` and ``conversation`` are frozen values and raise where the update has none. ``rows`` reads
    and ``write`` changes, in one transaction that the door ends; ``now`` is the turn's aware UTC time and ``given``
    what this dialog or act was begun with. ``heard_before`` is when the customer was last heard before this update:
    None at her first contact.
    """

    def __init__(
        self,
        update: Update,
        rows: Connection,
        now: datetime,
        client: Client | None = None,
        customer: Customer | None = None,
        conversation: Conversation | None = None,
    ) -> None:
        self.update = update
        self.rows = rows
        self.now = now
        self.frame: Frame | None = None
        self.scene = Scene(conversation, customer)
        self.heard_before = conversation.last_in_at if conversation is not None else None
        self.marks: list[tuple[int, str, str]] = []
        self.hears = ""  # the language of the words that this turn answers, where it is surely another than hers
        self.message_id = 0  # of the customer's words that this turn answers
        self.read_as: dict[str, tuple[Message, Mapping[str, Any]]] = {}  # what was read from them, a line each
        self._client = client
        self._savepoint: Any = None
        self._session: Session | None = None

    # --- who and when

    @property
    def client(self) -> Client:
        """The business this is about."""
        if self._client is None:
            raise LookupError("this update has no client")
        return self._client

    @property
    def client_or_none(self) -> Client | None:
        """The client, or None where the update has none."""
        return self._client

    @property
    def customer(self) -> Customer:
        """The person this is about."""
        if self.scene.customer is None:
            raise LookupError("this update has no customer")
        return self.scene.customer

    @customer.setter
    def customer(self, customer: Customer) -> None:
        self.scene.customer = customer

    @property
    def conversation(self) -> Conversation:
        """The talk this belongs to."""
        if self.scene.conversation is None:
            raise LookupError("this update has no conversation")
        return self.scene.conversation

    @property
    def talks(self) -> bool:
        """Whether this update belongs to a conversation."""
        return self.scene.conversation is not None

    def change(self, **changes: Any) -> None:
        """Changes the conversation's value; the door writes its row, once, at the end of the turn."""
        self.scene.conversation = self.conversation._replace(**changes)

    @property
    def writer(self) -> Writer:
        """Who did it."""
        return self.update.writer

    @property
    def language(self) -> str:
        """The language that whoever this is about is spoken to in: the customer, or the member of the team who acts."""
        if self.update.face is Face.TEAM:
            return choose_language(self.update.writer.language[:2].lower(), "", self.client)
        if self.scene.conversation is None:
            return self.client.languages[0]
        return self.scene.conversation.language

    @property
    def ear(self) -> Ear:
        """How this customer is to be heard."""
        return Ear(self.hears or self.language, self.now, self.client.zone)

    @property
    def who(self) -> Who:
        """On whose behalf the office acts."""
        return Who(self.client, self.customer, self.conversation, self.now)

    @property
    def given(self) -> Mapping[str, Any]:
        """What this dialog or act was begun with."""
        return self.frame.given if self.frame is not None else self.update.data

    # --- data

    @property
    def write(self) -> Connection:
        """The connection for changes; the first touch opens the run's savepoint."""
        if self._savepoint is None:
            self._savepoint = savepoint(self.rows)
        return self.rows

    @property
    def session(self) -> Session:
        """A Session of this run's own, for the rare rich write."""
        if self._session is None:
            self._session = Session(bind=self.write, join_transaction_mode="create_savepoint")
        return self._session

    def settle(self, *, keep: bool) -> None:
        """Ends the run's savepoint: what it changed stays, or is taken back. For the engine."""
        if self._session is not None:
            if keep:
                self._session.commit()
            self._session.close()
            self._session = None
        if self._savepoint is not None:
            if keep:
                self._savepoint.release()
            else:
                self._savepoint.rollback()
            self._savepoint = None

    # --- saying

    def say(
        self,
        message: Message,
        *,
        buttons: Options = (),
        attach: Attachment | None = None,
        speaker: str = "bot",
        **values: Any,
    ) -> None:
        """Says something to the customer, in her language, when the turn has committed."""
        self.say_lines([(message, values)], buttons=buttons, attach=attach, speaker=speaker)

    def say_lines(
        self,
        parts: list[tuple[Message, Mapping[str, Any]]],
        *,
        buttons: Options = (),
        attach: Attachment | None = None,
        files: tuple[Attachment, ...] = (),
        speaker: str = "bot",
    ) -> None:
        """Says several lines as one message, with ``files`` after it. ``speaker`` is bot, va or team."""
        attached = (*((attach,) if attach else ()), *files)
        self.scene.spoken.append(Spoken(list(parts), buttons, attached, speaker=speaker))

    def answer(self, toast: Message | None = None, *, error: str = "", **data: Any) -> None:
        """What the network hears at once: a toast over the pressed button, an error or data for who commanded."""
        text = plain(toast, {}, self.language, self.client.zone, self.now) if toast else ""
        self.scene.reply = Reply(text, error, data)

    def open(self, modal: Modal, how: str = "open") -> None:
        """Shows who acted a modal at once; ``how`` is open, update (in place of the one she acts in) or push."""
        shown, data = rendered(modal, self.client, self.now, self.language), self.update.data
        if data.get("in") == "home" or (data.get("private") or {}).get(FROM_HOME):
            shown["private"] = {**shown["private"], FROM_HOME: "yes"}
        self._reply(modal=shown, how=how)

    def close(self) -> None:
        """Closes every modal that is open over the one whose form was submitted, and that one."""
        self._reply(how="clear")

    def wrong(self, **fields: Text) -> None:
        """Says what is wrong with the fields of the submitted form, by their names: it stays open."""
        reading = Reading(self.client, self.language, self.now)
        self._reply(errors={name: as_json(text, reading, bare=True) for name, text in fields.items()})

    def whisper(self, post: Post | Text) -> None:
        """Tells who acted something at once that nobody else sees; it may be lost, so nothing must hang on it."""
        shown = post if isinstance(post, Post) else Post(lines=(post,))
        self._reply(ephemeral=rendered(shown, self.client, self.now, self.language))

    def _reply(self, **what: Any) -> None:
        self.scene.reply = replace(self.scene.reply or Reply(), **what)

    def mark(self, message_id: int, text: str, choice: str) -> None:
        """Shows the choice made under a message of ours, and takes its buttons away."""
        self.marks.append((message_id, text, choice))

    def clears_keyboard(self, *, asks: bool, inline: bool) -> bool:
        """Whether this message must take a keyboard for sharing off the screen: a message with buttons can't."""
        awaiting = self.conversation.awaiting or {}
        if asks:
            self.change(awaiting={**awaiting, "shares": True})
            return False
        if inline or not awaiting.get("shares"):
            return False
        self.change(awaiting={name: value for name, value in awaiting.items() if name != "shares"} or None)
        return True

    def take_up(self, *, ask: bool = False) -> None:
        """Once this act has ended, takes up the dialog that was under way; with ``ask`` after asking whether to."""
        self.scene.resume = "ask" if ask else "on"

    def begin(self, ability: str, *, text: str = "", **given: Any) -> None:
        """Once this handler has ended, begins another of the customer's abilities with what is given.

        ``text`` is offered to its questions, as the words are with which a dialog is begun.
        """
        self.scene.then = (ability, given, text)

    def leave_below(self) -> None:
        """Once this handler has ended, leaves the dialog below it without a word."""
        self.scene.leaves = True

    # --- asking

    def ask(
        self,
        name: str,
        question: Message,
        reader: Reader[T],
        *,
        label: Msgid | ClientText | None = None,
        known: Json = NOTHING,
        begins: str = "",
        **values: Any,
    ) -> Ask[T]:
        """A question by name; ``await`` it for the answer.

        ``label`` names the answer when it is read back. ``known`` is its JSON where it need not be asked (None and ""
        say that it must be); once the customer forgets it, it is really asked. ``begins`` names the earlier answer with
        which a change of this one begins. A value may be a function: it is called only if the question is put.
        """
        if known is None or known == "":
            known = NOTHING
        return Ask(name, question, reader, label, known, None, begins, values)

    def optional(
        self, name: str, question: Message, reader: Reader[T], *, label: Msgid, button: Msgid, **values: Any
    ) -> Ask[T | None]:
        """A question that is asked only once its ``button`` under the confirmation is pressed; until then None."""
        return Ask(name, question, reader, label, NOTHING, button, "", values)

    def keep(self, effect: Effect, *args: Any) -> Keep:
        """An effect done now, once, though the dialog has not ended; ``await`` it for its JSON result."""
        return Keep(effect, args)

    def confirm(
        self,
        head: Message,
        *names: str,
        question: Message = RIGHT,
        yes: Msgid = YES,
        also: tuple[str, ...] = (),
        **values: Any,
    ) -> Confirm:
        """Reads the named answers back, each on a line with its label; ``await`` returns only on yes."""
        return Confirm(head, question, names, also, yes, values)

    def again(self, name: str, hint: Message, **values: Any) -> NoReturn:
        """Rejects the answer called ``name``: it and all later ones are forgotten; it is asked again with the hint."""
        raise Again(name, hint, values)


def button(label: Any, act: str, argument: str = "", *, means: bool | None = None) -> Option:
    """A button that starts the ability called ``act``, at any time; ``argument`` reaches it as ``given["argument"]``.

    ``means`` True or False: a yes or no in words does the same, while nothing else has been said. Raises ValueError
    where act and argument together leave the 64 bytes that Telegram allows.
    """
    named = f"{act}:{argument}" if argument else act
    if len(named.encode()) > MOST_BYTES:
        raise ValueError(f"a button can't carry more than {MOST_BYTES} bytes: {named}")
    return Option(label, act=named, means=means)
