"""The log: one conflict's id finds its whole story, and nothing anybody wrote is ever in it."""

from __future__ import annotations

import io
import json
import logging
import signal
from collections.abc import Iterator
from typing import Any

import pytest
import structlog

from bot.logs import configure_logs
from sandbox.faults import Fault
from sandbox.robot import Robot
from tests.bot.process import Operator
from tests.stories.acting import fill_decision, newest

HOSTILE = {
    "subject": "Ostrich <!channel> & xoxb-not-a-token",
    "first": "Walrus' OR 1=1; --",
    "second": "Gnu ${jndi:ldap} {{7*7}} %s",
    "context": "Yak\nError: line of its own\t\u202e",
    "typed": "Zebra, use the CRM number",
    "decision": "Lynx {decision} \\x1b[31m",
    "why": 'Ibex "quoted" \'; DROP TABLE conflicts',
}
ANIMALS = ("Ostrich", "Walrus", "Gnu", "Yak", "Zebra", "Lynx", "Ibex", "not-a-token")


async def reports(nina: Robot) -> None:
    await nina.types(f"/ai-conflict {HOSTILE['subject']}", channel="sales")
    form = nina.modal
    await form.choose("What kind of conflict?", "Not sure")
    await form.choose("First source", "Clari AI", query="Clari AI")
    await form.fill("What it says", HOSTILE["first"])
    await form.choose("Second source", "Rep roll-up", query="Rep roll-up")
    await form.fill("What it says", HOSTILE["second"], nth=1)
    await form.submit()


async def adds_context(somebody: Robot) -> None:
    [card] = [seen for seen in somebody.sees("sales") if "Details" in seen.buttons]
    await somebody.picks("Add context", card)
    await somebody.modal.fill("What should the owner know?", HOSTILE["context"])
    await somebody.modal.submit()


async def test_one_id_finds_the_story_and_no_text_is_in_the_log(operator: Operator) -> None:
    """Reported, posted, asked, acknowledged, answered in words, decided, while Slack stumbles."""
    slack = operator.slack
    nina, remy, omar = (operator.server.robot(name) for name in ("nina", "remy", "omar"))
    slack.faults.plan(Fault("chat.postMessage", status=500))
    async with operator.running() as process:
        await reports(nina)
        assert await nina.until(lambda: any("#1" in seen.text for seen in nina.sees("sales")), 40)
        assert await remy.until(lambda: len(remy.inbox()) == 1, 40)
        await adds_context(omar)
        await remy.clicks("Acknowledge", newest(remy))
        await remy.says(HOSTILE["typed"])
        assert await remy.until(lambda: "Just context" in newest(remy).buttons, 20)
        await remy.clicks("Decide", newest(remy))
        await fill_decision(remy.modal, stands="Neither", decision=HOSTILE["decision"], why=HOSTILE["why"])
        await remy.modal.submit()
        assert await nina.until(lambda: any("is decided" in seen.text for seen in nina.inbox()), 20)
        assert await nina.until(lambda: any("✅" in seen.text for seen in nina.sees("sales")), 20)
        process.send_signal(signal.SIGTERM)
        assert await process.wait() == 0
        assert process.stderr is not None
        log = (await process.stderr.read()).decode()
    assert leaked(log, operator) == []
    lines = [json.loads(line) for line in log.splitlines()]
    [subject] = {line["subject"] for line in lines if line["event"] == "reported"}
    story = [line for line in lines if line.get("subject") == subject]
    events = [line["event"] for line in story if line["level"] == "info"]
    assert in_order(("reported", "card posted", "card changed"), events)
    assert in_order(("reported", "said", "acknowledged", "decided", "said"), events)
    assert {line["team"] for line in story} == {slack.workspace.team}
    asked = [line for line in story if line.get("kind") == "owner asked"]
    assert [line["lane"] for line in asked] == [remy.id]
    assert all(line["key"] for line in story if line["event"] in ("said", "acknowledged", "card posted"))


def leaked(log: str, operator: Operator) -> list[str]:
    """What must not be in a log and is: texts, tokens, addresses, people's names."""
    people = operator.slack.workspace.people.values()
    secrets = {operator.slack.bot_token(), operator.slack.app_token, *ANIMALS}
    secrets |= {person.email for person in people if person.email}
    secrets |= {person.real_name for person in people} | {"Nina", "Remy", "Omar"}
    return sorted(secret for secret in secrets if secret in log)


def in_order(wanted: tuple[str, ...], found: list[str]) -> bool:
    """True when all that is wanted is found in this order, whatever else stands between."""
    rest: Iterator[str] = iter(found)
    return all(each in rest for each in wanted)


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What the configured log writes, as if to a file."""
    root, handlers = logging.getLogger(), logging.getLogger().handlers[:]
    levels = {name: logging.getLogger(name).level for name in ("", "asyncio")}
    stream = io.StringIO()
    configure_logs(stream)
    yield stream
    structlog.reset_defaults()
    root.handlers[:] = handlers
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


def only_line(stream: io.StringIO) -> dict[str, Any]:
    [line] = stream.getvalue().splitlines()
    found: dict[str, Any] = json.loads(line)
    return found


def breaks(words: str) -> None:
    raise LookupError(words)


def breaks_further() -> None:
    try:
        breaks("Ostrich")
    except LookupError as problem:
        raise ValueError("Walrus") from problem


def test_of_an_exception_kind_and_place_are_kept_not_its_words(written: io.StringIO) -> None:
    """What a driver or a template complains about may hold what somebody typed."""
    try:
        breaks_further()
    except ValueError:
        structlog.get_logger().exception("a mistake of ours", subject="c1")
    line = only_line(written)
    assert (line["event"], line["subject"], line["level"]) == ("a mistake of ours", "c1", "error")
    assert "builtins.ValueError" in line["exception"]
    assert "builtins.LookupError" in line["exception"]
    assert "test_logs.py" in line["exception"]
    assert "breaks_further" in line["exception"]
    assert "Ostrich" not in written.getvalue()
    assert "Walrus" not in written.getvalue()


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Task exception was never retrieved\nfuture: <Task>", "Task exception was never retrieved"),
        ("Failed to run a request listener: Ostrich, session: 1", "Failed to run a request listener"),
        ("Failed to connect (error: Ostrich); Retrying...", "Failed to connect"),
        ('Job "Ostrich" raised an exception', "Job"),
        ("Ostrich %s", "Ostrich"),
    ],
)
def test_of_a_library_only_the_first_words_are_kept(written: io.StringIO, said: str, kept: str) -> None:
    """Up to where something was put into them; with its name and the place of what it caught."""
    logging.getLogger("asyncio").error(said, *(["Walrus"] if "%s" in said else []))
    line = only_line(written)
    assert (line["event"], line["library"], line["level"]) == (kept, "asyncio", "error")


def test_a_library_is_heard_only_when_something_is_wrong(written: io.StringIO) -> None:
    """bolt logs whole requests when it refuses one."""
    logging.getLogger("slack_bolt").warning("Unhandled request ({'text': 'Ostrich'})")
    assert written.getvalue() == ""


@pytest.mark.usefixtures("written")
def test_on_a_terminal_it_can_be_read() -> None:
    """The same facts in columns instead of JSON."""

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    stream = Terminal()
    configure_logs(stream)
    structlog.get_logger().info("acknowledged", subject="c1")
    assert "acknowledged" in stream.getvalue()
    assert not stream.getvalue().startswith("{")
