"""Yes or no."""

from __future__ import annotations

from collections.abc import Sequence

from bot.reading import Ear, Folded, Reading, Word, folded
from bot.reading.phrases import Match, Speech, speech

_SIGNS = {"👍": True, "👌": True, "✅": True, "✔": True, "👎": False, "❌": False}


def read_yes_no(text: str, ear: Ear) -> Reading | None:
    """True or False, if that is what the first clause says and nothing else: "si può spostare?" is no yes.

    The confidence is 0.6 where more was written after it, in a clause of its own; a yes taken back ("yes, but ...")
    is None. So is a question, and a word that is yes in one of our languages and no in another.
    """
    line = folded(text)
    if not line.words:
        return _by_sign(line)
    clause = [word for word in line.words if word.clause == line.words[0].clause]
    if line.text[clause[-1].end :].startswith("?"):
        return None
    for language in ear.languages:
        spoken = speech(language)
        if language == ear.language and len(clause) == 1 and spoken.neither.found(clause):
            return None
        answer = _answer(clause, spoken)
        if answer is not None:
            return _weighed(line, clause, answer, spoken)
    return None


def _weighed(line: Folded, clause: Sequence[Word], answer: bool, spoken: Speech) -> Reading | None:
    """The answer in the light of what was written after it."""
    more = line.words[len(clause) :]
    if answer and _taken_back(more, spoken):
        return None
    done = "?" not in line.text and len(spoken.fillers.covered(more) | _agreeing(more, spoken, answer)) == len(more)
    end = (line.words if done else clause)[-1].end
    return Reading(answer, line.span(clause[0].start, end), (), 1.0 if done else 0.6)


def _by_sign(line: Folded) -> Reading | None:
    """A text without words may still nod or shake its head."""
    for sign, answer in _SIGNS.items():
        if line.text.startswith(sign):
            return Reading(answer, (0, len(line.source)))
    return None


def _answer(clause: Sequence[Word], spoken: Speech) -> bool | None:
    """What the clause says, if every word of it is part of a yes, a no or a filler; the longest phrases count."""
    said: set[str] = set()
    index = 0
    while index < len(clause):
        match = _longest(clause, index, spoken)
        if match is not None:
            said.add(match.phrase.means)
            index = match.last
        elif filler := max((one.last for one in spoken.fillers.at(clause, index)), default=0):
            index = filler
        else:
            return None
    return "yes" in said if len(said) == 1 else None


def _longest(clause: Sequence[Word], index: int, spoken: Speech) -> Match | None:
    found = [match for match in spoken.wishes.at(clause, index) if match.phrase.means in ("yes", "no")]
    return max(found, key=lambda match: match.last, default=None)


def _agreeing(words: Sequence[Word], spoken: Speech, answer: bool) -> set[int]:
    means = "yes" if answer else "no"
    found = (match for match in spoken.wishes.found(words) if match.phrase.means in (means, "thanks"))
    return {index for match in found for index in range(match.first, match.last)}


def _taken_back(more: Sequence[Word], spoken: Speech) -> bool:
    """Whether what follows a yes begins with an objection or holds a no."""
    if not more:
        return False
    denied = any(match.phrase.means == "no" for match in spoken.wishes.found(more))
    return denied or bool(list(spoken.objections.at(more, 0)))
