"""requirements.lock: every version pinned, every file hashed, and no address of where it came from."""

import re
import tomllib

import pytest

from tests.house.source import ROOT

LOCK = (ROOT / "requirements.lock").read_text()
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
REQUIREMENT = re.compile(r"^([a-z0-9-]+)==([^ ;\\]+)[^\\]*((?:\\\n    --hash=sha256:[0-9a-f]{64} ?)+)$", re.MULTILINE)


def canonical(requirement: str) -> str:
    """The name in a requirement, as package indexes spell it: without version and extras."""
    name = re.split(r"[\[<>=!~; ]", requirement, maxsplit=1)[0]
    return re.sub(r"[-_.]+", "-", name).lower()


def test_every_line_of_the_lock_is_a_pin_or_a_hash() -> None:
    assert REQUIREMENT.sub("", LOCK).strip() == ""


def test_the_lock_names_no_address() -> None:
    assert "://" not in LOCK


@pytest.mark.parametrize("wanted", [*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["dev"]])
def test_what_the_project_wants_is_locked(wanted: str) -> None:
    assert canonical(wanted) in {name for name, *_ in REQUIREMENT.findall(LOCK)}
