"""``python -m tests.conversations.draft FILE``: plays what people do in a transcript and prints it with what is said.

What is printed is no transcript until somebody has read it aloud.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import textwrap
from pathlib import Path

from tests.conversations.script import Line, read
from tests.conversations.stage import Stage
from tests.examples import fill


class Draft(Stage):
    """A stage that writes down instead of demanding."""

    async def line(self, line: Line) -> None:
        if line.heard:
            return
        where = " in Slack" if line.slack else ""
        sys.stdout.write(f"{line.who}{where}: {line.text}\n")
        await super().line(line)
        for name, kind, said in self.heard:
            to = "" if name in {self.speaker, "desk", "team"} else f" to {name}"
            wrapped = textwrap.fill(f"{kind}{to}: {said}", 118, subsequent_indent="  ", break_on_hyphens=False)
            sys.stdout.write(wrapped + "\n")
        self.heard.clear()


async def main(path: Path) -> None:
    """Plays one file over a new SQLite database."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/draft.db"
        fill(url)
        await Draft(read(path), "plain", url).play()


asyncio.run(main(Path(sys.argv[1])))
