"""The commands as they are typed: in processes of their own, against the example's Slack."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from tests.bot.conftest import LARKSPUR, Larkspur
from tests.project.tree import ROOT


async def typed(it: Larkspur, place: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    """`tiebreak` with these words, in this folder."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "XDG_RUNTIME_DIR") if name in os.environ}
    environment = {**kept, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", **it.environment, **more}
    command = [sys.executable, "-P", "-m", "bot", *words]

    def run() -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command, cwd=place, env=environment, capture_output=True, text=True, timeout=60, check=False
        )

    return await asyncio.to_thread(run)


async def test_from_a_file_to_a_company_and_back(larkspur: Larkspur, tmp_path: Path) -> None:
    """migrate, a dry run, the import, check, export to a file and to the terminal: the same text."""
    (tmp_path / "company.yaml").write_bytes(LARKSPUR.read_bytes())
    assert (await typed(larkspur, tmp_path, "migrate")).returncode == 0
    assert (await typed(larkspur, tmp_path, "migrate")).stdout == "The database is up to date.\n"
    dry = await typed(larkspur, tmp_path, "import", "company.yaml", "--dry-run")
    assert dry.stdout.endswith("This was a dry run: nothing has been changed.\n"), dry.stderr
    real = await typed(larkspur, tmp_path, "import", "company.yaml")
    assert real.stdout.endswith("This is version 1 of the configuration.\n"), real.stderr
    assert real.stdout.splitlines()[:-1] == dry.stdout.splitlines()[:-1]
    assert "Note: Nobody holds Data" in real.stderr
    checked = await typed(larkspur, tmp_path, "check")
    assert (checked.returncode, "✗" in checked.stdout) == (0, False), checked.stdout
    await typed(larkspur, tmp_path, "export", "exported.yaml")
    exported = (tmp_path / "exported.yaml").read_text("utf-8")
    again = await typed(larkspur, tmp_path, "import", "exported.yaml")
    assert again.stdout == "Nothing has changed.\n", again.stderr
    assert (await typed(larkspur, tmp_path, "export")).stdout == exported


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_mistakes_are_told_without_a_traceback(larkspur: Larkspur, tmp_path: Path) -> None:
    """A wrong file, a missing one, wrong settings, a check that finds something: exit code 1 and words."""
    (tmp_path / "company.yaml").write_text("version: 1\nroles: none\nrules: []\n")
    told = await typed(larkspur, tmp_path, "import", "company.yaml")
    assert (told.returncode, told.stdout) == (1, "")
    assert told.stderr.splitlines() == [
        "company.yaml:1: workspace: “workspace” is missing",
        "company.yaml:2: roles: a list belongs here, like [“none”]",
        "company.yaml:3: rules: “rules” is not known here; did you mean “roles”?",
    ]
    told = await typed(larkspur, tmp_path, "import", "nowhere.yaml")
    assert (told.returncode, told.stderr) == (1, "nowhere.yaml: No such file or directory\n")
    told = await typed(larkspur, tmp_path, "export", SLACK_BOT_TOKEN="xapp-mixed-up")
    assert told.returncode == 1
    assert told.stderr.startswith("SLACK_BOT_TOKEN must begin with xoxb-")
    assert "mixed-up" not in told.stderr
    told = await typed(larkspur, tmp_path, "check", DATABASE_URL=f"sqlite:///{tmp_path}/none.sqlite3")
    assert (told.returncode, told.stderr) == (1, "")
    assert told.stdout.startswith("✗ database: ")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_file_without_a_token_is_still_looked_through(larkspur: Larkspur, tmp_path: Path) -> None:
    """What is wrong in the file comes first; then what is missing to look people up."""
    (tmp_path / "company.yaml").write_text("version: 1\nworkspace: {time_zone: UTC}\nroles: none\n")
    told = await typed(larkspur, tmp_path, "import", "company.yaml", SLACK_BOT_TOKEN="")
    assert told.stderr == "company.yaml:3: roles: a list belongs here, like [“none”]\n"
    (tmp_path / "company.yaml").write_text("version: 1\nworkspace: {time_zone: UTC}\n")
    told = await typed(larkspur, tmp_path, "import", "company.yaml", SLACK_BOT_TOKEN="")
    assert told.stderr.startswith("SLACK_BOT_TOKEN is not set; ")


def test_every_command_explains_itself() -> None:
    """The list of commands, and each one's own page."""
    commands = ("demo", "run", "check", "migrate", "import", "export", "backup")
    runner = CliRunner()
    overview = runner.invoke(app(), ["--help"]).output
    for command in commands:
        assert f" {command} " in overview
        assert runner.invoke(app(), [command, "--help"]).exit_code == 0


@pytest.mark.parametrize("words", [["--help"], ["export", "--help"]])
def test_help_is_there_at_once(words: list[str]) -> None:
    """No command's libraries are loaded before the command runs."""
    heavy = "{'slack_sdk', 'slack_bolt', 'sqlalchemy', 'aiohttp', 'ruamel.yaml', 'holidays', 'icalendar'}"
    program = f"""
import sys
from bot.cli import app
try:
    app()({words!r}, prog_name="tiebreak")
except SystemExit:
    print("loaded:", sorted({heavy} & set(sys.modules)))
"""
    begun = time.monotonic()
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert ran.stdout.splitlines()[-1] == "loaded: []"
    assert time.monotonic() - begun < 5
