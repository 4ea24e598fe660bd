"""What docs/operations.md says of the settings is what `bot/settings.py` reads; both files in deploy/ say the same."""

import ast
import re
from collections.abc import Iterator

from tests.deployed import deployed
from tests.house.source import ROOT, Source, called, parsed, sources

PREFIX = "CENTRALINO_"


def settings(source: Source) -> Iterator[str]:
    """The environment variables that a module's settings are read from."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ClassDef) and any(called(base).endswith("BaseSettings") for base in node.bases):
            fields = [field.target for field in node.body if isinstance(field, ast.AnnAssign)]
            yield from (f"{PREFIX}{name.id.upper()}" for name in fields if isinstance(name, ast.Name))


def read() -> set[str]:
    everything = (source for source in sources("bot") if source.path == "bot/settings.py")
    return {name for source in everything for name in settings(source) if name != f"{PREFIX}MODEL_CONFIG"}


def documented() -> set[str]:
    """The settings in the table of docs/operations.md."""
    return set(re.findall(rf"^\| `({PREFIX}\w+)` \|", (ROOT / "docs/operations.md").read_text(), re.MULTILINE))


def test_the_rule_sees_settings() -> None:
    source = parsed("class Settings(BaseSettings):\n    listen: str = 'here'\nclass Other:\n    key: str")
    assert list(settings(source)) == ["CENTRALINO_LISTEN"]


def test_every_setting_is_documented() -> None:
    assert read() - documented() == set()


def test_every_documented_setting_is_read() -> None:
    assert not read() or documented() - read() == set()


def test_a_container_runs_python_as_systemd_does() -> None:
    said = " ".join(f"{name}={value}" for name, value in deployed().items())
    assert said and f"exec env {said} python -m bot serve" in (ROOT / "deploy/Containerfile").read_text()
