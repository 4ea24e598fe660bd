"""``appointments import``: a whole file or nothing, and twice the same."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from typer.testing import CliRunner

from bot.cli import app

HEAD = "date,time,service,resource,name,phone\n"


@pytest.fixture
def url(with_examples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The examples, as the command line finds them."""
    url = f"sqlite:///{shutil.copy(with_examples, tmp_path / 'house.db')}"
    monkeypatch.setenv("CENTRALINO_DATABASE_URL", url)
    return url


def run(tmp_path: Path, lines: str) -> tuple[int, str]:
    """Its exit code, and what it says."""
    file = tmp_path / "agenda.csv"
    file.write_text(HEAD + lines)
    result = CliRunner().invoke(app, ["appointments", "import", str(file), "--client", "salon"])
    return result.exit_code, result.output


def test_a_file_is_taken_whole_or_not_at_all(url: str, tmp_path: Path) -> None:
    good = "2099-11-26,9:00,Taglio,Marta,Wanda Lis,600 100 200\n2020-01-02,9:00,Taglio,Marta,Jan Nowak,\n"
    code, said = run(tmp_path, good + "2099-11-26,9:10,Taglio,Marta,Ola Wrona,\n")
    assert code == 1
    assert "Ola Wrona: Marta is taken then" in said
    assert "Nothing was taken." in said
    code, said = run(tmp_path, good + "2099-11-26,10:00,Taglio,Nobody,Ola,\n")
    assert code == 1
    assert "agenda.csv, line 4: column 'resource'" in said
    assert run(tmp_path, good) == (0, "1 added, 0 as before, 1 already past and left out.\n")
    assert run(tmp_path, good) == (0, "0 added, 1 as before, 1 already past and left out.\n")
    engine = create_engine(url)
    with engine.connect() as rows:
        found = rows.execute(
            text("select appointment.name, phone, status from appointment join customer on customer.id = customer_id")
        )
        assert [tuple(row) for row in found] == [("Wanda Lis", "+48600100200", "booked")]
    engine.dispose()
