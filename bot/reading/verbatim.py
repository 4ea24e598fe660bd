"""Texts that are known word for word, each with its label."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from hashlib import blake2b

Texts = tuple[bytes, bytes]
_BYTES = 8  # of a digest: no two texts that anybody will ever write have the same


class Verbatim:
    """Tells the label of a text; made of what was ``digested``.

    There are thousands of texts and few of them are ever met, so that of each only a digest is kept.
    """

    def __init__(self, labels: Sequence[str], digests: bytes, places: bytes) -> None:
        self._labels = tuple(labels)
        self._digests = array("Q", digests)
        self._places = places

    def get(self, text: str) -> str | None:
        """The label of the text; None where it is not known."""
        digest = _digest(text)
        at = bisect_left(self._digests, digest)
        found = at < len(self._digests) and self._digests[at] == digest
        return self._labels[self._places[at]] if found else None


def digested(texts: Mapping[str, str], labels: Sequence[str]) -> Texts:
    """The digests of texts in order, and where the label of each stands among the labels."""
    places = {label: place for place, label in enumerate(labels)}
    pairs = sorted((_digest(text), places[label]) for text, label in texts.items())
    return array("Q", [digest for digest, _ in pairs]).tobytes(), bytes(place for _, place in pairs)


def _digest(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=_BYTES).digest())
