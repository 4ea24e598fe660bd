"""Times and parts of the day."""

import pytest

from bot.reading import rest
from bot.reading.times import read_part, read_time
from bot.values import Invalid
from tests.reading.ears import ear


@pytest.mark.parametrize(
    ("language", "text", "time", "others"),
    [
        ("it", "15:00", "15:00", ()),
        ("it", "15.30", "15:30", ()),
        ("it", "15h", "15:00", ()),
        ("it", "15h30", "15:30", ()),
        ("it", "h 15", "15:00", ()),
        ("it", "ore 15", "15:00", ()),
        ("it", "alle 15", "15:00", ()),
        ("it", "domani alle 15,30", "15:30", ()),
        ("it", "alle ore 9.15", "09:15", ("21:15",)),
        ("it", "alle 3", "15:00", ("03:00",)),
        ("it", "3", "15:00", ("03:00",)),
        ("it", "03:00", "03:00", ()),
        ("it", "le 9", "09:00", ("21:00",)),
        ("it", "all'una", "13:00", ("01:00",)),
        ("it", "alle tre e mezza", "15:30", ("03:30",)),
        ("it", "alle 15 e 30", "15:30", ()),
        ("it", "alle 4 meno un quarto", "15:45", ("03:45",)),
        ("it", "alle tre del pomeriggio", "15:00", ()),
        ("it", "alle 3 di notte", "03:00", ()),
        ("it", "domani sera alle 8", "20:00", ()),
        ("it", "9 di mattina", "09:00", ()),
        ("it", "mezzogiorno", "12:00", ()),
        ("it", "10.11", "10:11", ("22:11",)),
        ("it", "alle 9 o alle 15", "09:00", ("21:00", "15:00")),
        ("it", "non alle 9, alle 15", "15:00", ()),
        ("en", "at 3", "15:00", ("03:00",)),
        ("en", "3pm", "15:00", ()),
        ("en", "9 am", "09:00", ()),
        ("en", "3:30 p.m.", "15:30", ()),
        ("en", "12am", "00:00", ()),
        ("en", "12", "12:00", ()),
        ("en", "half past two", "14:30", ("02:30",)),
        ("en", "quarter to 5", "16:45", ("04:45",)),
        ("en", "at 7 o'clock", "07:00", ("19:00",)),
        ("en", "at noon", "12:00", ()),
        ("en", "3 in the afternoon", "15:00", ()),
        ("pl", "o 15", "15:00", ()),
        ("pl", "o 15-tej", "15:00", ()),
        ("pl", "o piętnastej", "15:00", ()),
        ("pl", "o dwudziestej pierwszej", "21:00", ()),
        ("pl", "godz. 15", "15:00", ()),
        ("pl", "o godzinie 15.30", "15:30", ()),
        ("pl", "o 3 po południu", "15:00", ()),
        ("pl", "9 rano", "09:00", ()),
        ("pl", "wpół do czwartej", "15:30", ("03:30",)),
        ("pl", "kwadrans po trzeciej", "15:15", ("03:15",)),
        ("pl", "za kwadrans czwarta", "15:45", ("03:45",)),
        ("pl", "w południe", "12:00", ()),
        ("pl", "jutro 15:00", "15:00", ()),
        ("it", "at 3pm", "15:00", ()),
        ("en", "o piętnastej", "15:00", ()),
    ],
)
def test_a_time_is_read(language: str, text: str, time: str, others: tuple[str, ...]) -> None:
    reading = read_time(text, ear(language))
    assert reading is not None
    assert (reading.value, reading.alternatives) == (time, others)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("it", "24/11"),
        ("it", "31.12"),
        ("it", "24.11.2026"),
        ("it", "taglio 10.11"),
        ("it", "15.30 euro"),
        ("it", "dopo le 3 settimane"),
        ("it", "2h"),
        ("it", "25"),
        ("en", "at 3 Main Street"),
        ("en", "table for 3 people"),
        ("en", "I have 2 dogs"),
        ("pl", "o 24 listopada"),
        ("pl", "o 2 psach"),
        ("pl", "po południu"),
        ("pl", "w tym tygodniu"),
        ("pl", ""),
    ],
)
def test_what_is_no_time_is_not_read(language: str, text: str) -> None:
    assert read_time(text, ear(language)) is None


@pytest.mark.parametrize("text", ["25:61", "alle 25", "domani alle 24:30", "12:60", "25.61", "o 31:00"])
def test_a_time_that_does_not_exist_is_told(text: str) -> None:
    with pytest.raises(Invalid, match="There is no such time"):
        read_time(text, ear("it"))


def test_a_time_takes_the_part_of_the_day_behind_it_along() -> None:
    text = "taglio alle 3 del pomeriggio, per favore"
    reading = read_time(text, ear("it"))
    assert reading is not None
    assert rest(text, reading) == "taglio per favore"


MORNING, AFTERNOON, EVENING = [360, 720], [720, 1080], [1080, 1440]


@pytest.mark.parametrize(
    ("language", "text", "part"),
    [
        ("it", "domani mattina", MORNING),
        ("it", "nel pomeriggio", AFTERNOON),
        ("it", "stasera", EVENING),
        ("en", "in the morning", MORNING),
        ("en", "tomorrow afternoon", AFTERNOON),
        ("en", "this evening", EVENING),
        ("pl", "rano", MORNING),
        ("pl", "przed południem", MORNING),
        ("pl", "po południu", AFTERNOON),
        ("pl", "jutro wieczorem", EVENING),
        ("it", "po południu", AFTERNOON),
        ("it", "dopo le 16", [960, 1440]),
        ("it", "tra le 9 e le 11", [540, 660]),
        ("en", "Friday before noon", [0, 720]),
        ("en", "2-4pm", [840, 960]),
        ("pl", "od 9 do 11", [540, 660]),
    ],
)
def test_a_part_of_the_day_is_read(language: str, text: str, part: list[int]) -> None:
    reading = read_part(text, ear(language))
    assert reading is not None
    assert reading.value == part


@pytest.mark.parametrize("text", ["good morning", "buona sera", "buonasera", "dobry wieczór", "seratina", "15:00"])
def test_a_greeting_is_no_part_of_the_day(text: str) -> None:
    assert read_part(text, ear("it")) is None
