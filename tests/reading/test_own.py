"""A client's own words, and what its desk taught."""

from bot.reading.own import Own, own_words
from bot.reading.wishes import read_wish, understand
from bot.values import Client, ClientText, Contact, Item, Service
from tests.reading.ears import ear


def named(language: str, text: str) -> ClientText:
    """Words in one language."""
    return ClientText(((language, text),))


CLIENT = Client(
    id=7,
    slug="spa",
    version=1,
    name="Spa",
    languages=("it", "pl"),
    timezone="Europe/Rome",
    services=(Service(1, "hammam", named("it", "Hammam"), 60, (), also=(("pl", ("łaźnia turecka",)),)),),
    contacts=(Contact(1, "zw", "Zbigniew Wronkowski", named("it", "bagnino")),),
    catalogue=(Item(1, "savon", named("it", "Sapone di Aleppo")),),
)


def wished(text: str, language: str = "it") -> str | None:
    """What is read with the client's words."""
    reading = read_wish(text, ear(language), own_words(CLIENT))
    return str(reading.value) if reading is not None else None


def test_a_name_alone_is_known() -> None:
    assert wished("hammam") == "book"
    assert wished("un hammam domani alle 15") == "book"
    assert wished("łaźnię turecką na jutro poproszę", "pl") == "book"
    assert wished("vorrei due saponi di Aleppo") == "order_place"
    assert wished("dica a Wronkowski che arrivo tardi") == "message"
    assert read_wish("hammam", ear("it")) is None


def test_the_words_of_a_client_are_made_ready_once() -> None:
    assert own_words(CLIENT) is own_words(CLIENT)


def test_what_the_desk_taught_counts_before_all_else() -> None:
    own = Own(phrases={"it": (("il solito per favore", "order_place"), ("disdico tutto", "none"))})
    assert understand("Il solito, per favore!", ear("it"), own) is not None
    taught = read_wish("il solito, grazie, per favore", ear("it"), own)
    assert taught is not None
    assert taught.value == "order_place"
    assert read_wish("disdico tutto", ear("it"), own) is None


def test_it_says_why() -> None:
    wish = understand("salve, vorrei disdire l'hammam di giovedì", ear("it"), own_words(CLIENT))
    assert wish is not None
    assert wish.intent == "cancel"
    assert "disdire" in wish.because.words
    assert wish.because.phrase == "disdire … di …"
    assert wish.runners_up[0].confidence < wish.confidence
    assert not wish.doubtful
