"""Wishes, commands and urgent words."""

import json
from pathlib import Path

import pytest

from bot.cli.read import COMMON
from bot.reading.kinds import Kinds
from bot.reading.phrases import INTENTS, phrase
from bot.reading.wishes import has_urgent, may_be_name, read_control, read_language, read_wish
from bot.values import LANGUAGES
from tests.reading.ears import ear

FRESH = Path(__file__).with_name("intents")
WISHES = [
    ("it", "vorrei prenotare un taglio", "book"),
    ("it", "Avete posto domani?", "book"),
    ("it", "non so come prenotare", "book"),
    ("it", "spostare l'appuntamento di martedì", "move"),
    ("it", "vorrei disdire l'appuntamento", "cancel"),
    ("it", "non riesco a venire domani", "cancel"),
    ("it", "quando è il mio appuntamento?", "list"),
    ("it", "lasciare un messaggio per il dottore", "message"),
    ("it", "è urgente", "urgent"),
    ("it", "dov'è il mio ordine 1042", "order_status"),
    ("it", "vorrei ordinare due camere d'aria", "order_place"),
    ("it", "vorrei parlare con una persona per favore", "human"),
    ("it", "operatore", "human"),
    ("it", "cambiare lingua", "change_language"),
    ("it", "impostazioni", "settings"),
    ("it", "cancellare i miei dati", "privacy"),
    ("it", "aiuto", "help"),
    ("it", "indietro", "back"),
    ("it", "lasciamo stare", "leave"),
    ("it", "può ripetere?", "repeat"),
    ("it", "niente più promemoria", "stop"),
    ("it", "va bene", "yes"),
    ("it", "Buongiorno!", "greet"),
    ("it", "grazie mille", "thanks"),
    ("it", "arrivederci", "bye"),
    ("en", "I'd like to book a haircut", "book"),
    ("en", "can I reschedule?", "move"),
    ("en", "I want to cancel my appointment", "cancel"),
    ("en", "can't make it tomorrow", "cancel"),
    ("en", "show my appointments", "list"),
    ("en", "could you call me back", "message"),
    ("en", "this is an emergency", "urgent"),
    ("en", "where is my order?", "order_status"),
    ("en", "I'd like to order a tube", "order_place"),
    ("en", "can I talk to a human about my bill?", "human"),
    ("en", "cancel my order", "order_cancel"),
    ("en", "do you speak Italian?", "change_language"),
    ("en", "settings", "settings"),
    ("en", "delete my data", "privacy"),
    ("en", "menu", "help"),
    ("en", "never mind", "leave"),
    ("en", "stop", "stop"),
    ("en", "hi there", "greet"),
    ("en", "no, I want to book", "book"),
    ("pl", "chcę umówić wizytę", "book"),
    ("pl", "przełożyć wizytę na środę", "move"),
    ("pl", "odwołać wizytę", "cancel"),
    ("pl", "odwołaj", "cancel"),
    ("pl", "zostaw wiadomość", "message"),
    ("pl", "nie mogę przyjść jutro", "cancel"),
    ("pl", "nie, chcę odwołać wizytę", "cancel"),
    ("pl", "kiedy mam wizytę", "list"),
    ("pl", "proszę oddzwonić", "message"),
    ("pl", "to jest pilne", "urgent"),
    ("pl", "gdzie jest moje zamówienie", "order_status"),
    ("pl", "zamówić farbę", "order_place"),
    ("pl", "poproszę o rozmowę z człowiekiem", "human"),
    ("pl", "zmienić język", "change_language"),
    ("pl", "ustawienia", "settings"),
    ("pl", "usunąć moje dane", "privacy"),
    ("pl", "pomoc", "help"),
    ("pl", "rezygnuję", "leave"),
    ("pl", "bez przypomnień", "stop"),
    ("pl", "dzień dobry", "greet"),
    ("pl", "dziękuję", "thanks"),
    ("pl", "do widzenia", "bye"),
    ("it", "no", "no"),
    ("en", "thanks a lot", "thanks"),
    ("en", "see you soon", "bye"),
    ("en", "go back", "back"),
    ("en", "say that again", "repeat"),
    ("en", "sounds good", "yes"),
    ("en", "no thanks", "no"),
    ("pl", "wstecz", "back"),
    ("pl", "proszę powtórzyć", "repeat"),
    ("pl", "zgadza się", "yes"),
    ("pl", "nie", "no"),
    ("it", "a che ora aprite il sabato?", "hours"),
    ("it", "quanto viene una pulizia dei denti", "price"),
    ("it", "vorrei cambiare l'ordine di ieri, aggiungete un pezzo", "order_change"),
    ("it", "annullate pure il mio ordine", "order_cancel"),
    ("it", "non voglio disdire ma spostare", "move"),
    ("en", "when do you close today?", "hours"),
    ("en", "how much is a haircut", "price"),
    ("en", "can I change my order?", "order_change"),
    ("en", "I don't want to cancel, just move it to Friday", "move"),
    ("en", "I don't want to talk to a robot", "human"),
    ("pl", "do której macie otwarte?", "hours"),
    ("pl", "ile kosztuje strzyżenie", "price"),
    ("pl", "chcę coś zmienić w zamówieniu", "order_change"),
    ("pl", "proszę anulować moje zamówienie", "order_cancel"),
    ("pl", "nie chcę odwoływać, tylko przełożyć", "move"),
    # another language than the writer's
    ("it", "chcę porozmawiać z człowiekiem", "human"),
    ("pl", "I want to book", "book"),
    ("en", "disdire l'appuntamento", "cancel"),
]


@pytest.mark.parametrize(("language", "text", "intent"), WISHES)
def test_a_wish_is_read(language: str, text: str, intent: str) -> None:
    reading = read_wish(text, ear(language))
    assert reading is not None
    assert reading.value == intent


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("it", "non voglio parlare con un operatore"),
        ("it", "non voglio disdire l'appuntamento"),
        ("it", "ehm, allora"),
        ("it", "Buongiorno, vorrei sapere se fate anche la tinta"),
        ("it", "mal di schiena"),
        ("it", "non è urgente"),
        ("en", "I don't want to talk to a person"),
        ("en", "back pain since Monday"),
        ("en", "my back hurts"),
        ("pl", "nie chcę rozmawiać z człowiekiem"),
        ("pl", "boli mnie ząb"),
        ("pl", "hm"),
        ("it", "Carla Costa"),
        ("it", "Mario Prezzi"),
        ("it", "via Roma 5"),
        ("en", "Anna Kelly"),
        ("en", "John Price"),
        ("en", "anna.price@example.com"),
        ("pl", "Anna Zmiana"),
        ("pl", "ul. Długa 5"),
        ("pl", ""),
    ],
)
def test_no_wish_is_read(language: str, text: str) -> None:
    assert read_wish(text, ear(language)) is None


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("it", "Stefania Costa", True),
        ("it", "vorei disdire l'apuntamento", False),
        ("en", "Steve Price", True),
        ("en", "show my bookngs", False),
        ("pl", "Kamil Cena", True),
        ("pl", "odwołać wizytę", False),
        ("en", "please tell Zelda Fitzgerald that I called", False),
        ("en", "", False),
    ],
)
def test_what_has_a_strange_word_may_be_a_name(language: str, text: str, name: bool) -> None:
    assert may_be_name(text, ear(language)) is name


@pytest.mark.parametrize("language", LANGUAGES)
def test_nearly_every_wish_is_read_and_nearly_no_other_talk_is_one(language: str) -> None:
    lines = [json.loads(line) for line in (FRESH / f"fresh.{language}.jsonl").read_text("utf-8").splitlines()]
    heard = [(line["intent"], read_wish(line["text"], ear(language))) for line in lines]
    wishes = [(wanted, found) for wanted, found in heard if wanted is not None]
    right = [found is not None and COMMON.get(found.value, found.value) == wanted for wanted, found in wishes]
    begun = [found is not None for wanted, found in heard if wanted is None]
    assert sum(right) / len(right) > 0.93
    assert sum(begun) / len(begun) < 0.03


def test_another_wish_in_the_text_is_an_alternative() -> None:
    reading = read_wish("vorrei disdire l'appuntamento e poi parlare con una persona", ear("it"))
    assert reading is not None
    assert {reading.value, *reading.alternatives} == {"cancel", "human"}


@pytest.mark.parametrize(
    ("writer", "text", "language"),
    [
        ("it", "I would like to come by tomorrow with my daughter", "en"),
        ("it", "chciałabym zapytać, czy jutro jest jeszcze miejsce", "pl"),
        ("en", "buongiorno, volevo sapere se domani siete aperti", "it"),
        ("pl", "hello, could somebody please tell me where you are", "en"),
        ("pl", "vorrei parlare con qualcuno del mio ordine", "it"),
        ("it", "buongiorno, volevo sapere se domani siete aperti", None),
        ("it", "ok no problem", None),
        ("it", "Anna Smith, 14 Baker Street, London", None),
        ("en", "grazie mille", None),
        ("pl", "Giulia Rossi 333 1234567", None),
        ("en", "1042 1043 1044 1045 1046 1047", None),
    ],
)
def test_a_long_text_in_another_language_is_noticed(writer: str, text: str, language: str | None) -> None:
    reading = read_language(text, ear(writer))
    assert (reading.value if reading is not None else None) == language


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Hi! How are you? I'd like to book a haircut."),
        ("en", "I DONT WANT TO CANCEL, just book me another appointment"),
        ("it", "Buonasera. Scusate il disturbo. Volevo prenotare un tavolo per due. Grazie mille"),
        ("pl", "umówić wizytę!!!"),
    ],
)
def test_small_talk_and_denials_beside_a_wish_do_not_hide_it(language: str, text: str) -> None:
    reading = read_wish(text, ear(language))
    assert reading is not None
    assert reading.value == "book"


@pytest.mark.parametrize(
    ("language", "text", "control"),
    [
        ("it", "operatore", "human"),
        ("it", "vorrei parlare con una persona, per favore", "human"),
        ("it", "indietro", "back"),
        ("it", "Annulla.", "leave"),
        ("it", "go back", "back"),
        ("en", "go back please", "back"),
        ("en", "I want to talk to a human", "human"),
        ("en", "never mind", "leave"),
        ("en", "stop", "leave"),
        ("pl", "wróć", "back"),
        ("pl", "rezygnuję", "leave"),
        ("pl", "proszę człowieka", "human"),
    ],
)
def test_a_command_is_read_if_it_is_all(language: str, text: str, control: str) -> None:
    reading = read_control(text, ear(language))
    assert reading is not None
    assert (reading.value, reading.span) == (control, (0, len(text)))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "back pain since Monday"),
        ("en", "back pain"),
        ("en", "please tell her to stop the order"),
        ("en", "not back"),
        ("it", "dica al dottore che non voglio parlare con una persona qualunque"),
        ("it", "torno indietro verso le 5"),
        ("it", "disdire l'appuntamento"),
        ("pl", "wróci jutro"),
        ("pl", "nie chcę rozmawiać z człowiekiem"),
        ("pl", ""),
    ],
)
def test_an_answer_is_no_command(language: str, text: str) -> None:
    assert read_control(text, ear(language)) is None


URGENT = ["bleeding", "emergency", "emergenza", "dente rotto", "krwaw*", "🔥"]


@pytest.mark.parametrize(
    ("text", "urgent"),
    [
        ("I can't stop the BLEEDING", True),
        ("ho un dente rotto", True),
        ("Krwawią mi dziąsła", True),
        ("nie ustaje krwawienie", True),
        ("Emergenza!!!", True),
        ("no bleeding", False),
        ("it's not an emergency", False),
        ("non è un'emergenza", False),
        ("nie ma krwawienia", False),
        ("No. Emergency!", True),
        ("il dente è rotto", False),
        ("emergenze", False),
        ("", False),
    ],
)
def test_urgent_words(text: str, urgent: bool) -> None:
    assert has_urgent(text, URGENT) is urgent


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("intent", sorted(INTENTS))
def test_every_wish_has_words_in_every_language(language: str, intent: str) -> None:
    assert any(wish[0] == language and wish[2] == intent for wish in WISHES)


def test_a_kind_of_words_lists_no_phrases() -> None:
    with pytest.raises(ValueError, match="a phrase"):
        Kinds({"cancel": "annul*, call off, please take my name off the list"})


def test_a_phrase_is_written_with_its_marks() -> None:
    assert phrase("=Una persona").whole
    assert phrase("l'appunt* va", "move").words == ("l", "appunt*", "va")
    with pytest.raises(ValueError, match="without words"):
        phrase("= !")
