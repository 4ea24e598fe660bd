"""A message and its values, in the reader's language."""

import html
import logging
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.i18n import _, _n, plain, render, show
from bot.values import LANGUAGES, ClientText, Money, Msgid

pytestmark = pytest.mark.usefixtures("sample")

ROME = ZoneInfo("Europe/Rome")
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=ROME)
PLACES = _n("{n} place left", "{n} places left")
WRITE = _('Write <b>{name}</b> & press <a href="{url}">here</a>.')


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=ROME)


STANDARD: list[tuple[str, dict[str, Any], tuple[str, str, str]]] = [
    (
        _("{client}, good morning. We're open {closes:till} today. How can I help?"),
        {"client": "iBici", "closes": at(21, 19)},
        (
            "iBici, buongiorno. Oggi siamo aperti fino alle 19:00. Come posso aiutarLa?",
            "iBici, good morning. We're open until 19:00 today. How can I help?",
            "Dzień dobry, tu iBici. Dziś czynne do 19:00. W czym możemy pomóc?",
        ),
    ),
    (
        _("We're closed now and open again {opens:soon}. You can still book or leave a message."),
        {"opens": at(23, 9)},
        (
            "Ora siamo chiusi e riapriamo lunedì alle 9:00. Può comunque prenotare o lasciare un messaggio.",
            "We're closed now and open again on Monday at 9:00. You can still book or leave a message.",
            "Obecnie nieczynne, otwieramy w poniedziałek o 9:00. Już teraz można umówić termin lub zostawić wiadomość.",
        ),
    ),
    (
        _("Which day suits you? First free day: {day}."),
        {"day": date(2026, 11, 24)},
        (
            "Che giorno preferisce? Prima disponibilità: martedì 24 novembre.",
            "Which day suits you? First free day: Tuesday 24 November.",
            "Który dzień pasuje? Najbliższy wolny termin: wtorek, 24 listopada.",
        ),
    ),
    (
        _("{day}: what time suits you?"),
        {"day": date(2026, 11, 24)},
        (
            "Martedì 24 novembre: a che ora preferisce?",
            "Tuesday 24 November: what time suits you?",
            "Wtorek, 24 listopada: która godzina pasuje?",
        ),
    ),
    (
        _(
            "You're booked. We'll see you {slot:on}. If your plans change, you can move or cancel here "
            "{deadline:until}."
        ),
        {"slot": at(24, 15), "deadline": at(23, 15)},
        (
            "Prenotazione confermata. La aspettiamo martedì 24 novembre alle 15:00. Se cambia programma, può spostare "
            "o disdire da qui fino a lunedì 23 alle 15:00.",
            "You're booked. We'll see you on Tuesday 24 November at 15:00. If your plans change, you can move or "
            "cancel here until Monday 23 at 15:00.",
            "Termin zarezerwowany. Do zobaczenia we wtorek 24 listopada o 15:00. W razie zmiany planów można go tu "
            "przełożyć lub odwołać do poniedziałku 23 listopada, do 15:00.",
        ),
    ),
    (
        _(
            "Cancelling here was possible {deadline:until}. I can ask a person to decide: you'll have an answer "
            "{promise:by}, and until then your appointment stands. Shall I ask?"
        ),
        {"deadline": at(21, 15), "promise": at(21, 17, 30)},
        (
            "Da qui si poteva disdire fino a oggi alle 15:00. Posso chiedere a una persona di decidere: avrà una "
            "risposta entro le 17:30 e fino ad allora l'appuntamento resta valido. Lo chiedo?",
            "Cancelling here was possible until 15:00 today. I can ask a person to decide: you'll have an answer by "
            "17:30, and until then your appointment stands. Shall I ask?",
            "Termin można było tu odwołać do dziś, do 15:00. Mogę poprosić o decyzję człowieka: odpowiedź będzie do "
            "17:30, a do tego czasu rezerwacja pozostaje ważna. Przekazać prośbę?",
        ),
    ),
    (
        _(
            "I'm passing you to a person, who will answer here {promise:by}. Feel free to write meanwhile; you won't "
            "have to repeat anything."
        ),
        {"promise": at(21, 15, 20)},
        (
            "Passo la conversazione a una persona: Le risponderà qui entro le 15:20. Intanto può scrivere; non dovrà "
            "ripetere nulla.",
            "I'm passing you to a person, who will answer here by 15:20. Feel free to write meanwhile; you won't have "
            "to repeat anything.",
            "Przekazuję rozmowę człowiekowi: odpowiedź będzie tutaj do 15:20. Można już pisać, niczego nie trzeba "
            "będzie powtarzać.",
        ),
    ),
    (
        _(
            "Order {number}. Status: {status}, {since:since}. Expected: {expected}. "
            "Shall I tell you whenever it changes?"
        ),
        {"number": 1042, "status": _("in progress"), "since": at(23, 10), "expected": date(2026, 11, 26)},
        (
            "Ordine 1042. Stato: in lavorazione, dal 23 novembre. Data prevista: giovedì 26 novembre. Vuole che La "
            "avvisi a ogni cambiamento?",
            "Order 1042. Status: in progress, since 23 November. Expected: Thursday 26 November. Shall I tell you "
            "whenever it changes?",
            "Zamówienie 1042. Stan: w realizacji, od 23 listopada. Przewidywany termin: czwartek, 26 listopada. "
            "Powiadamiać o każdej zmianie?",
        ),
    ),
]


@pytest.mark.parametrize(("message", "values", "said"), STANDARD)
def test_the_standard_of_the_voice(message: Msgid, values: dict[str, Any], said: tuple[str, ...]) -> None:
    assert tuple(plain(message, values, language, ROME, NOW) for language in LANGUAGES) == said
    marked_up = tuple(render(message, values, language, ROME, NOW) for language in LANGUAGES)
    assert marked_up == tuple(html.escape(text, quote=False) for text in said)


@pytest.mark.parametrize(
    ("n", "said"),
    [
        (0, ("0 posti liberi", "0 places left", "0 wolnych miejsc")),
        (1, ("1 posto libero", "1 place left", "1 wolne miejsce")),
        (2, ("2 posti liberi", "2 places left", "2 wolne miejsca")),
        (5, ("5 posti liberi", "5 places left", "5 wolnych miejsc")),
        (12, ("12 posti liberi", "12 places left", "12 wolnych miejsc")),
        (22, ("22 posti liberi", "22 places left", "22 wolne miejsca")),
    ],
)
def test_plurals(n: int, said: tuple[str, ...]) -> None:
    assert tuple(render(PLACES, {"n": n}, language, ROME) for language in LANGUAGES) == said
    # From the database comes the singular, and the catalogs know the rest.
    assert tuple(render("{n} place left", {"n": n}, language, ROME) for language in LANGUAGES) == said


def test_a_plural_that_no_catalog_has() -> None:
    days = _n("{n} day of {what}", "{n} days of {what}")
    assert [render(days, {"n": n, "what": "<rain>"}, "pl", ROME) for n in (1, 5)] == [
        "1 day of &lt;rain&gt;",
        "5 days of &lt;rain&gt;",
    ]


def test_english_may_want_other_words() -> None:
    assert render(_("The clock says noon."), {}, "en", ROME) == "It is noon by the clock."


def test_a_missing_translation_reads_in_english_and_is_warned_of_once(caplog: pytest.LogCaptureFixture) -> None:
    message = _("Nobody has translated this for {name}.")
    with caplog.at_level(logging.WARNING):
        said = {render(message, {"name": name}, "it", ROME) for name in ("Anna", "Ola")}
        assert render(message, {"name": "Jo"}, "en", ROME) == "Nobody has translated this for Jo."
    assert said == {"Nobody has translated this for Anna.", "Nobody has translated this for Ola."}
    assert [record.getMessage() for record in caplog.records] == [f"no it translation of {message!r}"]


def test_a_message_without_words_needs_no_translation(caplog: pytest.LogCaptureFixture) -> None:
    assert render(_("<b>{text}</b>: {text}"), {"text": "x"}, "pl", ROME) == "<b>x</b>: x"
    assert not caplog.records


def test_markup_is_the_messages_own_and_values_are_escaped() -> None:
    values = {"name": '<b>Tom & "Jo"</b> {url} %s', "url": 'https://x.example/?a=1&b="<i>'}
    assert render(WRITE, values, "it", ROME) == (
        'Per <b>&lt;b&gt;Tom &amp; "Jo"&lt;/b&gt; {url} %s</b> &amp; altri '
        '<a href="https://x.example/?a=1&amp;b=&quot;&lt;i&gt;">qui</a>.'
    )
    assert plain(WRITE, values, "it", ROME) == 'Per <b>Tom & "Jo"</b> {url} %s & altri qui.'


def test_only_known_tags_are_markup() -> None:
    message = _("<u>a</u> <b>b</b> 1 < 2 <script>{x}</script>")
    assert render(message, {"x": "y"}, "en", ROME) == (
        "&lt;u&gt;a&lt;/u&gt; <b>b</b> 1 &lt; 2 &lt;script&gt;y&lt;/script&gt;"
    )


def test_only_a_name_and_a_form_are_a_place() -> None:
    message = _("{} {name.__class__} {name[0]} {name!r} {{ {name} }} %s %(name)s {Name}")
    assert render(message, {"name": "x"}, "en", ROME) == (
        "{} {name.__class__} {name[0]} {name!r} {{ x }} %s %(name)s {Name}"
    )


@pytest.mark.parametrize("message", [_("Nothing for {name}."), PLACES])
def test_a_missing_value_names_the_message(message: Any) -> None:
    with pytest.raises(KeyError, match=r"Nothing for|place left"):
        render(message, {}, "en", ROME)


def test_a_message_among_the_values_is_filled_in_from_the_same_values() -> None:
    message, values = _("{hint} Which day suits you?"), {"hint": _("{day} is closed."), "day": date(2026, 11, 24)}
    assert [render(message, values, language, ROME) for language in LANGUAGES] == [
        "Martedì 24 novembre siamo chiusi. Che giorno preferisce?",
        "Tuesday 24 November is closed. Which day suits you?",
        "We wtorek 24 listopada nieczynne. Który dzień pasuje?",
    ]
    assert render(message, {"hint": PLACES, "n": 2}, "pl", ROME) == "2 wolne miejsca Który dzień pasuje?"


def test_a_message_that_asks_for_itself_is_a_missing_value() -> None:
    with pytest.raises(KeyError):
        render(_("{hint}"), {"hint": _("again {hint}")}, "en", ROME)


def test_a_message_among_the_values_keeps_its_markup_but_not_in_a_link() -> None:
    bold = _('<b>"{x}"</b>')
    said = render(_('<a href="{target}">{target}</a>'), {"target": bold, "x": "<"}, "en", ROME)
    assert said == '<a href="&quot;&lt;&quot;"><b>"&lt;"</b></a>'


def test_a_message_shown_alone() -> None:
    assert show(_("in progress"), "pl", ROME) == "w realizacji"
    assert show([_("in progress"), "x"], "it", ROME) == "in lavorazione e x"
    with pytest.raises(KeyError, match="is closed"):
        show(_("{day} is closed."), "it", ROME)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{day} it is.", "Martedì 24 novembre it is."),
        ("<b>{day}</b> it is.", "<b>Martedì 24 novembre</b> it is."),
        ("Fine. {day} it is. Really? {day}.", "Fine. Martedì 24 novembre it is. Really? Martedì 24 novembre."),
        ("Fine:\n{day}", "Fine:\nMartedì 24 novembre"),
        ("Fine: {day}, {day}", "Fine: martedì 24 novembre, martedì 24 novembre"),
        ("{name} on {day}", "iBici on martedì 24 novembre"),
        ("{day}.", "Martedì 24 novembre."),
        ("{day}", "martedì 24 novembre"),
        ("<b>{day}</b> {name}", "<b>martedì 24 novembre</b> iBici"),
        ("{shop} is open", "eBici is open"),
    ],
)
def test_a_date_that_opens_a_sentence_has_a_capital(text: str, said: str) -> None:
    values = {"day": date(2026, 11, 24), "name": "iBici", "shop": ClientText((("it", "eBici"),))}
    assert render(Msgid(text), values, "it", ROME) == said


TEXTS = st.text() | st.text(alphabet=["<", ">", "&", '"', "{", "}", "%", "s", "n", ":", "\0", "\u202e", "\ud800", "b"])
VALUES = st.one_of(
    TEXTS,
    st.integers(),
    st.booleans(),
    st.dates(),
    st.lists(TEXTS),
    TEXTS.map(lambda text: ClientText((("it", text),))),
    st.integers(-(10**12), 10**12).map(lambda minor: Money(minor, "EUR")),
    st.timedeltas(),
    st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1), timezones=st.just(ROME)),  # noqa: DTZ001 - the zone is added
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=VALUES, url=VALUES, language=st.sampled_from(LANGUAGES))
def test_no_value_gets_out_of_its_place(name: Any, url: Any, language: str) -> None:
    said = render(WRITE, {"name": name, "url": url}, language, ROME, NOW)
    before, rest = said.split("<b>")
    shown, rest = rest.split("</b>")
    between, rest = rest.split('<a href="')
    target, rest = rest.split('">')
    here, after = rest.split("</a>")
    assert not any(sign in part for part in (before, shown, between, target, here, after) for sign in "<>")
    assert '"' not in target
    # Nothing of it is lost or read as anything else: unescaped, each is what it was.
    assert shown == html.escape(show(name, language, ROME, "", NOW), quote=False)
    assert target == html.escape(show(url, language, ROME, "", NOW), quote=True)
