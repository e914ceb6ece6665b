"""The documentation says what the code does: fails when either of them knows more than the other."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.main import get_group

import council
from bot.cli import app
from bot.settings import Settings
from council.permissions import WHO_MAY, Part
from handlers.conflicts import commands as conflict_commands
from handlers.conflicts.card import MENU
from handlers.conflicts.details import FURTHER
from handlers.conflicts.names import COMMAND as CONFLICT
from handlers.council.commands import SUBCOMMANDS
from handlers.council.names import COMMAND as COUNCIL
from sandbox.manifest import load
from tests.project.tree import ROOMS, ROOT, files, text

DOCS = ROOT / "docs"
INSTALL, OPERATE, USE = (text(DOCS / f"{name}.md") for name in ("install", "operate", "use"))
MANIFEST = load(ROOT / "app.yaml")
ONLY_IN_A_CLONE = {"test"}
"""Commands of the front door; the installed program does not have them."""
MADE_AT_START = {"DATABASE_URL": "SQLite in the user's data directory"}
"""Defaults that depend on who starts it, in words."""
NO_BUTTONS = {"App Home", "Report AI conflict"}
"""What is bold as well: a tab, and the shortcuts, whose name the manifest has."""

PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", ROOT / "sandbox/README.md", *sorted(DOCS.glob("*.md"))]
LINK = re.compile(r"(?:\]\(|src=\"|srcset=\")([^)\s\"]+)")
CODE = re.compile(r"```.*?```", re.DOTALL)
PLACE = re.compile(rf"`((?:{'|'.join((*ROOMS, 'tests', 'bench', 'docs'))})/[\w./]*\w/?)(?::(\w+))?`")


def rows(page: str, *heads: str) -> list[tuple[str, ...]]:
    """The cells of the table with these heads."""
    head = "| " + " | ".join(heads) + " |\n"
    assert page.count(head) == 1, f"one table with {heads}"
    found = []
    for line in page.partition(head)[2].splitlines()[1:]:
        if not line.startswith("|"):
            break
        found.append(tuple(cell.strip() for cell in line.strip("|").split("|")))
    return found


def bare(cell: str) -> str:
    """Without the marks of code."""
    return cell.strip("`")


# Installing


def test_every_scope_is_explained() -> None:
    """An admin reads one sentence for each permission."""
    told = rows(INSTALL, "scope", "what it is for")
    assert sorted(bare(scope) for scope, _ in told) == sorted(MANIFEST.scopes)
    assert [why for _, why in told if not why.endswith(".")] == []


def test_every_event_is_explained() -> None:
    """What Slack tells the app unasked, and why it wants to know."""
    told = rows(INSTALL, "event", "what it is for")
    assert sorted(bare(event) for event, _ in told) == sorted(MANIFEST.events)


def test_two_tokens_and_four_steps() -> None:
    """What the README promises is what the page needs."""
    assert re.findall(r"^(\d)\. \*\*", INSTALL, re.MULTILINE) == ["1", "2", "3", "4"]
    assert re.findall(r"^ +(SLACK_\w+)=", INSTALL, re.MULTILINE) == ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"]


# Operating


def test_every_setting_is_told_with_its_default() -> None:
    """Neither a setting nobody knows of, nor one that is not there."""
    told = {bare(name): bare(default) for name, default, _ in rows(OPERATE, "name", "default", "meaning")}
    assert told == dict(settings())


def settings() -> Iterator[tuple[str, str]]:
    for field in Settings.model_fields.values():
        name = str(field.validation_alias)
        yield name, MADE_AT_START.get(name) or ("–" if field.default is None else str(field.default))


def test_every_command_of_the_program_is_told_with_its_options() -> None:
    """The table says what `--help` says."""
    table = rows(OPERATE, "command", "options", "what it does")
    told = {bare(name): set(re.findall(r"--[\w-]+", options)) for name, options, _ in table}
    found = {f"tiebreak {name}": options for name, options in commands()}
    assert told == found | {f"tiebreak {name}": set() for name in ONLY_IN_A_CLONE}


def commands() -> Iterator[tuple[str, set[str]]]:
    for name, command in get_group(app()).commands.items():
        names = {each for option in command.params for each in (*option.opts, *option.secondary_opts)}
        yield name, {each for each in names if each.startswith("--")}


# Using


def patterns() -> list[re.Pattern[str]]:
    """What `/ai-conflict` compares the typed text with."""
    return [value for _, value in inspect.getmembers(conflict_commands) if isinstance(value, re.Pattern)]


def conflict_words() -> set[str]:
    """The first words of its subcommands."""
    return {re.split(r"\W", pattern.pattern)[0] for pattern in patterns()}


@pytest.mark.parametrize(
    ("command", "understood"),
    [(CONFLICT, conflict_words()), (COUNCIL, {each.name for each in SUBCOMMANDS})],
)
def test_every_subcommand_is_told(command: str, understood: set[str]) -> None:
    """What the code understands and what the page tells are the same, and Slack's hint leaves nothing out."""
    told = "".join(cell for row in rows(USE, "command", "what it does") for cell in row)
    assert set(re.findall(rf"`{command} ([a-z]+)", told)) == understood
    assert understood <= set(re.findall(r"[a-z]+", MANIFEST.commands[command].usage_hint))


@pytest.mark.parametrize("typed", re.findall(rf"`{CONFLICT} ([a-z][^`]*)`", USE))
def test_subcommands_are_understood_as_they_are_told(typed: str) -> None:
    """Somebody who copies a line of the page gets what it promises."""
    assert any(pattern.fullmatch(typed) for pattern in patterns())


def test_who_may_what_is_told() -> None:
    """The table of permissions, row by row."""
    told = {act: who for act, who, _ in rows(USE, "act", "who", "when")}
    asked = {act.value: [part.value for part in Part if part in who] for act, who in WHO_MAY.items()}
    assert told == {act: ", ".join(who) for act, who in asked.items()}


def test_what_is_bold_is_written_like_that_in_slack() -> None:
    """The page names no button that is not there, and every entry of the card's menu and of *Details*."""
    bold = set(re.findall(r"\*\*(.+?)\*\*", USE))
    assert bold - NO_BUTTONS - visible() == set()
    assert {label for label, *_ in (*MENU, *FURTHER)} <= bold


def visible() -> set[str]:
    """Every text in the code of the handlers."""
    trees = (ast.parse(text(path)) for path in files("handlers") if path.suffix == ".py")
    nodes = (node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return {node.value for node in nodes if isinstance(node.value, str)}


# Finding one's way


def test_the_reading_list_of_the_council_names_every_module_once() -> None:
    """A stranger who follows it has read the whole room."""
    modules = [path.stem for path in files("council") if path.suffix == ".py" and path.stem != "__init__"]
    assert sorted(reading_list()) == sorted(modules)


def test_the_reading_list_goes_from_the_ground_up() -> None:
    """Whatever a module builds on has been read before it."""
    order = reading_list()
    for place, module in enumerate(order):
        built_on = re.findall(
            r"^from council\.(\w+) import", text(ROOT / f"council/{module}.py"), re.MULTILINE
        )
        assert set(built_on) <= set(order[:place]), f"{module} comes too early"


def reading_list() -> list[str]:
    return re.findall(r"`([a-z_]+)`", (council.__doc__ or "").partition("one sitting:")[2])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    """To a file that is there and, with a #, to a heading in it."""
    for link in LINK.findall(CODE.sub("", text(page))):
        where, _, anchor = link.partition("#")
        if "://" in where:
            continue
        target = (page.parent / where).resolve() if where else page
        assert target.exists(), link
        assert not anchor or anchor in anchors(text(target)), link


def anchors(page: str) -> set[str]:
    """The addresses of the headings, as they are shown on the web."""
    heads = re.findall(r"^#+ (.+)$", page, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_what_a_page_names_of_the_code_is_there(page: Path) -> None:
    """Files, folders, and after a colon what lives in them."""
    for where, name in PLACE.findall(text(page)):
        assert (ROOT / where).exists(), where
        assert not name or re.search(rf"\b{name}\b", text(ROOT / where)), f"{name} in {where}"


def test_every_word_of_the_glossary_lives_somewhere() -> None:
    """Whoever reads a word finds the code; whether it is there the test above looks."""
    told = rows(text(DOCS / "glossary.md"), "word", "meaning", "lives in")
    assert [word for word, _, place in told if not PLACE.fullmatch(place)] == []


def test_pictures_are_light_and_shown() -> None:
    """Nobody waits for the README, and none lies about unused."""
    shown = "".join(text(page) for page in PAGES)
    for picture in files("docs/pictures"):
        assert picture.stat().st_size <= 150_000, picture.name
        assert f"pictures/{picture.name}" in shown


def test_the_picture_of_the_rooms_needs_nothing_from_elsewhere() -> None:
    """Legible in both lights, with the reader's own fonts; and it names every room."""
    picture = text(DOCS / "architecture.svg")
    addresses = set(re.findall(r"[a-z]+://[^\s\"')]+", picture))
    assert addresses == {"http://www.w3.org/2000/svg"}
    assert "prefers-color-scheme: dark" in picture
    assert [room for room in ROOMS if f"{room}/" not in picture] == []
