"""How Python runs the house at work: as deploy/centralino.service says."""

from __future__ import annotations

from pathlib import Path
from typing import Final

UNIT: Final = Path(__file__).parents[1] / "deploy" / "centralino.service"


def deployed() -> dict[str, str]:
    """The environment that the unit gives to the interpreter, but for the folders of the machine."""
    lines = (line.partition("=") for line in UNIT.read_text().splitlines())
    pairs = (pair.partition("=") for key, _is, given in lines if key == "Environment" for pair in given.split())
    return {name: value for name, _is, value in pairs if not value.startswith("/")}
