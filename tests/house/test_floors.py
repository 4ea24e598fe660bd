"""Every module has its floor: what the contracts in pyproject.toml do not name, they do not check."""

import tomllib

from tests.house.source import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())


def floors() -> set[str]:
    """The modules that the contract on the direction of imports puts in their order."""
    contracts = PROJECT["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    return {name.strip(" ()") for layer in layers for name in layer.replace(":", "|").split("|")}


def test_every_module_of_the_bot_stands_on_a_floor() -> None:
    rooms = {file.stem for file in (ROOT / "bot").glob("*.py") if file.stem != "__init__"}
    rooms |= {file.parent.name for file in (ROOT / "bot").glob("*/*.py")}
    assert {f"bot.{room}" for room in rooms} - floors() == set()


def test_the_floors_cover_the_other_packages() -> None:
    assert set(PROJECT["tool"]["importlinter"]["root_packages"]) - {"bot"} <= floors()


def test_what_is_checked_for_types_is_what_there_is() -> None:
    packages = {file.parent.name for file in ROOT.glob("*/*.py")} | {"tests"}
    assert packages <= set(PROJECT["tool"]["mypy"]["files"])
