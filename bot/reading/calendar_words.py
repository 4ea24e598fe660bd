"""The words of days, months and parts of the day, folded: CLDR's names, and the forms that CLDR does not have."""

from __future__ import annotations

from functools import cache

from babel import Locale

from bot.reading.folding import bag, fold
from bot.values import LANGUAGES

# Polish declines: each stem with its endings, Monday first. Plurals ("w poniedziałki") name no single day.
_POLISH_DAYS = (
    "poniedziałek poniedziałku poniedziałkowi poniedziałkiem",
    "wtorek wtorku wtorkowi wtorkiem",
    "środa środy środzie środę środą",
    "czwartek czwartku czwartkowi czwartkiem",
    "piątek piątku piątkowi piątkiem",
    "sobota soboty sobocie sobotę sobotą",
    "niedziela niedzieli niedzielę niedzielą",
)
_POLISH_MONTHS = (
    "styczeń stycznia styczniu styczniem",
    "luty lutego lutym",
    "marzec marca marcu marcem",
    "kwiecień kwietnia kwietniu kwietniem",
    "maj maja maju majem",
    "czerwiec czerwca czerwcu czerwcem",
    "lipiec lipca lipcu lipcem",
    "sierpień sierpnia sierpniu sierpniem",
    "wrzesień września wrześniu wrześniem",
    "październik października październiku październikiem",
    "listopad listopada listopadzie listopadem",
    "grudzień grudnia grudniu grudniem",
)
_MORE_SHORT_DAYS = {"en": {"tues": 1, "thur": 3, "thurs": 3}, "pl": {"nd": 6, "ndz": 6, "sr": 2, "pon": 0}}
_MORE_SHORT_MONTHS = {"en": {"sept": 9}, "it": {"sett": 9}}

DOUBTFUL = bag("mar sat sun wed dom set sie may lis")
"""Short names that are also other words: they need something that shows a day is meant."""

RELATIVE = {
    "it": {
        "oggi": 0, "quest'oggi": 0, "questa mattina": 0, "questo pomeriggio": 0, "questa sera": 0,
        "stamattina": 0, "stamani": 0, "stasera": 0, "domani": 1, "domattina": 1, "dopodomani": 2, "dopo domani": 2,
        "ieri": -1, "l'altro ieri": -2, "altro ieri": -2, "altroieri": -2, "avantieri": -2,
    },
    "en": {
        "today": 0, "this morning": 0, "this afternoon": 0, "this evening": 0, "tonight": 0,
        "tomorrow": 1, "tomorow": 1, "tommorow": 1, "tommorrow": 1, "tmrw": 1, "the day after tomorrow": 2,
        "day after tomorrow": 2, "yesterday": -1, "the day before yesterday": -2, "day before yesterday": -2,
    },
    "pl": {
        "dzis": 0, "dzisiaj": 0, "jutro": 1, "jutra": 1, "pojutrze": 2, "po jutrze": 2,
        "wczoraj": -1, "przedwczoraj": -2,
    },
}  # fmt: skip
"""Days counted from today, by language and folded phrase."""

DAY_HALF = {
    "stamattina": 3, "stasera": 3, "domattina": 2, "tonight": 2, "questa mattina": 6, "questo pomeriggio": 6,
    "questa sera": 6, "this morning": 4, "this afternoon": 4, "this evening": 4,
}  # fmt: skip
"""How many letters of a phrase that is a day *and* a part of the day say the day: what follows says the part."""

MORNING, AFTERNOON, EVENING, NIGHT = (6 * 60, 12 * 60), (12 * 60, 18 * 60), (18 * 60, 24 * 60), (0, 6 * 60)

PARTS = {
    "mattina": MORNING, "mattino": MORNING, "mattinata": MORNING, "stamattina": MORNING, "stamani": MORNING,
    "domattina": MORNING, "pomeriggio": AFTERNOON, "pom": AFTERNOON, "sera": EVENING,
    "serata": EVENING, "stasera": EVENING, "notte": NIGHT, "ora di pranzo": (12 * 60, 14 * 60),
    "pausa pranzo": (12 * 60, 14 * 60), "tardo pomeriggio": (16 * 60, 19 * 60), "prima mattina": (6 * 60, 9 * 60),
    "morning": MORNING, "mornings": MORNING, "afternoon": AFTERNOON, "afternoons": AFTERNOON, "evening": EVENING,
    "evenings": EVENING, "tonight": EVENING, "night": EVENING, "lunchtime": (12 * 60, 14 * 60),
    "lunch time": (12 * 60, 14 * 60), "late afternoon": (16 * 60, 19 * 60), "early morning": (6 * 60, 9 * 60),
    "rano": MORNING, "z rana": MORNING, "poranek": MORNING, "przed poludniem": MORNING, "przedpoludniem": MORNING,
    "po poludniu": AFTERNOON, "popoludniu": AFTERNOON, "popoludnie": AFTERNOON, "wieczorem": EVENING,
    "wieczor": EVENING, "wieczorkiem": EVENING, "w nocy": NIGHT,
}  # fmt: skip
"""Parts of the day by folded phrase: from and to, in minutes after midnight."""


@cache
def weekdays(language: str) -> dict[str, int]:
    """The full names of the weekdays in all their forms, folded; Monday is 0."""
    days = {fold(name): day for day, name in Locale(language).days["format"]["wide"].items()}
    if language == "pl":
        days |= {fold(form): day for day, forms in enumerate(_POLISH_DAYS) for form in forms.split()}
    return days


@cache
def short_weekdays(language: str) -> dict[str, int]:
    """The abbreviated names of the weekdays, folded and without their point."""
    names = Locale(language).days["format"]["abbreviated"]
    return {fold(name).strip("."): day for day, name in names.items()} | _MORE_SHORT_DAYS.get(language, {})


@cache
def months(language: str) -> dict[str, int]:
    """The full names of the months in all their forms, folded; January is 1."""
    named = Locale(language).months
    names = {fold(name): month for form in ("format", "stand-alone") for month, name in named[form]["wide"].items()}
    if language == "pl":
        names |= {fold(form): month for month, forms in enumerate(_POLISH_MONTHS, 1) for form in forms.split()}
    return names


@cache
def short_months(language: str) -> dict[str, int]:
    """The abbreviated names of the months, folded, without those that are full names too."""
    names = {fold(name).strip("."): month for month, name in Locale(language).months["format"]["abbreviated"].items()}
    return {name: month for name, month in (names | _MORE_SHORT_MONTHS.get(language, {})).items() if name != "maj"}


# No word of these means one day in one language and another day in another, so one table serves all.
ALL_WEEKDAYS = {word: day for language in LANGUAGES for word, day in weekdays(language).items()}
ALL_MONTHS = {word: month for language in LANGUAGES for word, month in months(language).items()}
ALL_RELATIVE = {phrase: days for phrases in RELATIVE.values() for phrase, days in phrases.items()}
