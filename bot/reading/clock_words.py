"""The words of the clock, folded: hours in words, what leads to an hour, and what shows that a number is none."""

from __future__ import annotations

from bot.reading.calendar_words import ALL_MONTHS, ALL_RELATIVE, ALL_WEEKDAYS, PARTS, short_months
from bot.reading.folding import Folded, bag
from bot.values import DAY, LANGUAGES

_LISTS = (
    "una due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici "
    "diciassette diciotto diciannove venti ventuno ventidue ventitre",
    "one two three four five six seven eight nine ten eleven twelve",
    "pierwszej drugiej trzeciej czwartej piatej szostej siodmej osmej dziewiatej dziesiatej jedenastej dwunastej "
    "trzynastej czternastej pietnastej szesnastej siedemnastej osiemnastej dziewietnastej dwudziestej",
    "pierwsza druga trzecia czwarta piata szosta siodma osma dziewiata dziesiata jedenasta dwunasta trzynasta "
    "czternasta pietnasta szesnasta siedemnasta osiemnasta dziewietnasta dwudziesta",
)
HOURS = {word: hour for words in _LISTS for hour, word in enumerate(words.split(), 1)} | {
    "dwudziestej pierwszej": 21, "dwudziestej drugiej": 22, "dwudziestej trzeciej": 23, "dwudziesta pierwsza": 21,
}  # fmt: skip
"""Hours in words."""

MINUTES = {
    "mezza": 30, "mezzo": 30, "un quarto": 15, "tre quarti": 45, "meno un quarto": -15, "trenta": 30, "quindici": 15,
    "thirty": 30, "fifteen": 15, "forty five": 45, "trzydziesci": 30, "pietnascie": 15, "o'clock": 0, "o clock": 0,
}  # fmt: skip
"""What may follow the hour, as minutes to add to it."""

AROUND = {
    "half past": 30, "half": 30, "quarter past": 15, "a quarter past": 15, "kwadrans po": 15, "pol do": -30,
    "quarter to": -15, "a quarter to": -15, "za kwadrans": -15, "w pol do": -30, "wpol do": -30,
}  # fmt: skip
"""What may stand before the hour, as minutes to add to it."""

NAMED = {
    "mezzogiorno": 720, "mezzogiorno e mezzo": 750, "noon": 720, "midday": 720, "w poludnie": 720, "poludnie": 720,
    "w samo poludnie": 720, "mezzanotte": 0, "midnight": 0, "polnoc": 0, "o polnocy": 0, "polnocy": 0,
}  # fmt: skip
"""Times with a name of their own, in minutes after midnight."""

STRONG = bag("alle all ore at godz godzina godzinie godzine h")
_WEAK = bag("le o na verso around about by okolo kolo")
_CHAIN = STRONG | _WEAK | bag("a per x for w")
_SMALL = bag(
    "e di del della nel nella in on and or o lub i w we na po please per grazie thanks dzieki dziekuje prosze if se va "
    "is ok works for dla z ze would at con with su jest pasuje bedzie works fine sharp circa then poi"
)
_STARTS = frozenset(phrase.split()[0] for phrase in (*ALL_RELATIVE, *PARTS, *ALL_WEEKDAYS))
_MONTHS = frozenset([*ALL_MONTHS, *(name for language in LANGUAGES for name in short_months(language))])
_COUNTED = bag(
    "persone persona people person osob osoby osobe giorni giorno days day dni dzien settimane settimana weeks week "
    "tygodnie tydzien tygodni mesi mese months month miesiace miesiac anni anno years year lat lata minuti minuto "
    "minutes minute min minut minuty volte volta times razy raz km kg metri euro eur zl pln ore ora hours hour godzin "
    "godziny dogs cani psy sedute sessions st nd rd th"
)


def lead(line: Folded, start: int, end: int) -> int | None:
    """Where the phrase begins, if the words around ``start`` and ``end`` make it an hour ("alle", "o", "at")."""
    before, after = line.before(start), line.after(end)
    if before is None or before.text not in STRONG | _WEAK or before.end == start:
        return None
    if after is not None and after.text not in _SMALL | _STARTS:
        counts = after.text in _MONTHS | _COUNTED or line.source[line.at[after.start]].isupper()
        if counts or before.text not in STRONG:
            return None
    first = before.start
    for _ in range(2):
        word = line.before(first)
        if word is None or word.text not in _CHAIN:
            break
        first = word.start
    return first


def meanings(hour: int, minute: int, *, exact: bool = False, added: int = 0) -> tuple[int, ...]:
    """The minutes after midnight that an hour may mean, the likelier (7:00 to 20:00, the morning first) in front.

    Without ``exact`` an hour up to 12 may be of either half of the day. Empty if there is no such time.
    """
    if not (0 <= hour < 24 and 0 <= minute < 60):
        return ()
    hours = (hour,) if exact or hour == 0 or hour >= 12 else (hour, hour + 12)
    minutes = [(one * 60 + minute + added) % DAY for one in hours]
    return tuple(sorted(minutes, key=lambda one: (not 7 * 60 <= one <= 20 * 60, one)))


def half_of_day(hour: int, half: str) -> int:
    """The hour of 24 for an hour with "a" or "p" (am, pm); above 12 the half says nothing."""
    return hour if hour > 12 else hour % 12 + (12 if half == "p" else 0)
