"""Any moment, said in twenty usual ways of each language, is read back; and no text of any kind raises."""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from babel.dates import format_datetime
from hypothesis import given
from hypothesis import strategies as st

from bot.reading.folding import fold
from bot.reading.moments import read_moment
from bot.values import LANGUAGES
from tests.reading.ears import ear
from tests.reading.test_any_text import MIXED

ROME = ZoneInfo("Europe/Rome")
NOW = ear("it").local.replace(tzinfo=None)
MOMENTS = st.datetimes(NOW + timedelta(hours=15), NOW + timedelta(days=360)).map(
    lambda moment: moment.replace(second=0, microsecond=0)
)
Said = Callable[[datetime], str]

PARTS = {
    "it": ["di notte", "di mattina", "del pomeriggio", "di sera"],
    "en": ["in the early hours", "in the morning", "in the afternoon", "in the evening"],
    "pl": ["w nocy", "rano", "po południu", "wieczorem"],
}
UNITS = {
    "it": ["", "una", "due", "tre", "quattro", "cinque", "sei", "sette", "otto", "nove", "dieci", "undici", "dodici"],
    "en": ["", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"],
    "pl": [
        *("", "pierwsza", "druga", "trzecia", "czwarta", "piąta", "szósta"),
        *("siódma", "ósma", "dziewiąta", "dziesiąta", "jedenasta", "dwunasta"),
    ],
}
QUARTERS = {
    "it": ["{0}", "{0} e un quarto", "{0} e mezza", "{0} e tre quarti"],
    "en": ["{0} o'clock", "quarter past {0}", "half past {0}", "quarter to {1}"],
    "pl": ["{0}", "kwadrans po {0}", "wpół do {1}", "za kwadrans {1}"],
}


def cldr(pattern: str, language: str) -> Said:
    """The moment by a pattern of CLDR."""
    return lambda moment: format_datetime(moment, pattern, locale=language)


def plain(pattern: str) -> Said:
    """The moment by a pattern of ``str.format``; ``days`` are those from today."""
    return lambda moment: pattern.format(moment, days=(moment.date() - NOW.date()).days)


def spoken(pattern: str, language: str) -> Said:
    """The date by a pattern of CLDR, and the hour of twelve in words, with its quarter and its part of the day."""

    def say(moment: datetime) -> str:
        hours = [UNITS[language][(moment.hour + more - 1) % 12 + 1] for more in (0, 1)]
        time = QUARTERS[language][moment.minute // 15].format(*hours)
        said = format_datetime(moment, pattern, locale=language)
        part = PARTS[language][moment.hour // 6]
        return said.replace("TIME", f"{time} {part}").replace("alle una", "all'una")

    return say


def shorn(said: Said) -> Said:
    """Typed in haste: without accents, in small letters."""
    return lambda moment: fold(said(moment))


WAYS: dict[str, list[Said]] = {
    "it": [
        plain("{0.day}/{0.month}/{0.year} alle {0:%H:%M}"),
        plain("il {0:%d/%m} alle ore {0:%H.%M}"),
        plain("{0:%Y-%m-%d %H:%M}"),
        plain("{0:%d.%m.%Y} h {0:%H:%M}"),
        plain("alle {0:%H:%M} fra {days} giorni"),
        plain("tra {days} giorni alle {0:%H.%M}"),
        cldr("d MMMM y 'alle' HH:mm", "it"),
        cldr("'il' d MMMM 'alle' HH:mm", "it"),
        cldr("EEEE d MMMM, 'ore' HH.mm", "it"),
        cldr("EEE d MMM HH:mm", "it"),
        cldr("'alle' HH:mm 'del' d MMMM", "it"),
        cldr("'alle' HH:mm 'di' EEEE d MMMM", "it"),
        cldr("'vorrei venire' EEEE d MMMM 'alle' HH 'e' mm', se possibile'", "it"),
        cldr("'buongiorno, avete posto il' d MMMM 'alle' HH:mm'?'", "it"),
        cldr("EEEE 'alle' HH:mm", "it"),
        plain("domani alle {0:%H:%M}"),
        plain("dopodomani, {0:%H:%M}"),
        cldr("EEEE 'della prossima settimana alle' HH:mm", "it"),
        spoken("d MMMM 'alle TIME'", "it"),
        spoken("EEEE d MMMM 'alle TIME'", "it"),
        shorn(cldr("EEEE d MMMM 'alle' HH:mm", "it")),
    ],
    "en": [
        plain("{0:%Y-%m-%d %H:%M}"),
        plain("{0:%Y-%m-%d} at {0:%H:%M}"),
        plain("in {days} days at {0:%H:%M}"),
        plain("{days} days from now at {0:%H:%M}"),
        cldr("d MMMM y 'at' HH:mm", "en"),
        cldr("MMMM d, y 'at' h:mm a", "en"),
        cldr("MMMM d 'at' h:mm a", "en"),
        cldr("'the' d 'of' MMMM 'at' HH:mm", "en"),
        cldr("EEEE, MMMM d, h:mm a", "en"),
        cldr("EEE d MMM HH:mm", "en"),
        cldr("h:mm a 'on' EEEE d MMMM", "en"),
        cldr("h:mma 'on the' d 'of' MMMM", "en"),
        cldr("'could I come on' EEEE d MMMM 'at' h:mm a', please?'", "en"),
        cldr("'Hi! Is' MMMM d 'at' HH:mm 'free?'", "en"),
        cldr("'on' EEEE 'at' h:mm a", "en"),
        plain("tomorrow at {0:%H:%M}"),
        plain("the day after tomorrow at {0:%H:%M}"),
        cldr("EEEE 'next week at' h:mm a", "en"),
        spoken("MMMM d 'at TIME'", "en"),
        spoken("'TIME on' EEEE d MMMM", "en"),
        shorn(cldr("EEEE d MMMM 'at' h:mm a", "en")),
    ],
    "pl": [
        plain("{0.day}.{0.month:02}.{0.year} o {0:%H:%M}"),
        plain("{0:%d.%m} o godz. {0:%H.%M}"),
        plain("{0:%Y-%m-%d %H:%M}"),
        plain("{0:%d/%m/%Y} godzina {0:%H:%M}"),
        plain("za {days} dni o {0:%H:%M}"),
        plain("o {0:%H.%M} za {days} dni"),
        cldr("d MMMM y 'o' HH:mm", "pl"),
        cldr("d MMMM y 'r. o godzinie' HH:mm", "pl"),
        cldr("EEEE, d MMMM, 'godz.' HH:mm", "pl"),
        cldr("EEE d MMM HH:mm", "pl"),
        cldr("'o' HH:mm d MMMM", "pl"),
        cldr("d'-go' MMMM 'na' HH:mm", "pl"),
        cldr("'czy mogę przyjść' d MMMM 'o' HH:mm'?'", "pl"),
        cldr("'dzień dobry, poproszę' EEEE d MMMM 'o' HH.mm", "pl"),
        cldr("EEEE 'o' HH:mm", "pl"),
        plain("jutro o {0:%H:%M}"),
        plain("pojutrze na {0:%H:%M}"),
        cldr("'w przyszłym tygodniu,' EEEE 'o' HH:mm", "pl"),
        spoken("d MMMM 'TIME'", "pl"),
        spoken("EEEE d MMMM 'o TIME'", "pl"),
        shorn(cldr("EEEE d MMMM 'o' HH:mm", "pl")),
    ],
}


def within(first: int, last: int) -> st.SearchStrategy[datetime]:
    """Moments so many days from today."""
    midnight = NOW.replace(hour=0)
    low, high = midnight + timedelta(days=first), midnight + timedelta(days=last + 1, minutes=-1)
    return st.datetimes(low, high).map(lambda moment: moment.replace(second=0, microsecond=0))


def quarters() -> st.SearchStrategy[datetime]:
    """Moments at a quarter of an hour that twelve hours and a part of the day say."""
    hours = st.sampled_from([1, 2, 3, 6, 7, 8, 9, 10, 11, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22])
    return st.builds(
        lambda day, hour, quarter: day.replace(hour=hour, minute=15 * quarter), within(1, 350), hours, st.integers(0, 3)
    )


NEAR = {14: within(1, 6), 15: within(1, 1), 16: within(2, 2), 17: within(7, 13), 18: quarters(), 19: quarters()}
"""The moments that a way can say, by its place, where it cannot say all."""


@pytest.mark.parametrize("language", LANGUAGES)
@given(whenever=MOMENTS, near=st.fixed_dictionaries(NEAR))
def test_a_moment_is_read_back(language: str, whenever: datetime, near: dict[int, datetime]) -> None:
    for way, say in enumerate(WAYS[language]):
        moment = near.get(way, whenever)
        text = say(moment)
        read = read_moment(text, ear(language))
        assert read is not None, text
        assert read.start.replace(tzinfo=None) == moment, text
        assert not read.interval, text


@given(text=st.one_of(st.text(), MIXED), language=st.sampled_from([*LANGUAGES, "xx"]))
def test_no_text_raises(text: str, language: str) -> None:
    moment = read_moment(text, ear(language))
    if moment is not None:
        assert 0 <= moment.span[0] < moment.span[1] <= len(text)
        assert 0 < moment.confidence <= 1
        assert moment.end is None or moment.start <= moment.end
