"""Databases with many years in them: a few conflicts that the rules made, copied by SQL to as many as asked.

A copy has its own id, number, time and words; everything else is as the rules left it. Most are decided, and
the newest few are open, because that is what a company looks like however long it has been at it.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import product
from pathlib import Path
from random import Random
from tempfile import gettempdir

from council.conflict import Facts, Ruling, Signal
from council.deciding import decide
from council.reporting import report
from sandbox.clock import HandClock
from sandbox.manifest import load
from storage import workspaces
from storage.applying import apply
from storage.ids import Ids
from storage.migrate import MIGRATIONS, migrate
from storage.store import Unit, open_store
from tests.stories.company import COUNCIL, juniper, juniper_slack
from tests.stories.house import MANIFEST, furnish

BIG = 50_000
OPEN = 30
"""Of the newest; all others are decided."""
APART = timedelta(minutes=10)
"""Between two reports: a million of them are nineteen years."""
PATTERN_WORDS = ("qqfirstqq", "qqsecondqq")
"""What stands in the subject of a pattern, where a copy has words of its own."""
SYLLABLES = ("ka", "le", "mi", "no", "ru", "sta", "ve", "zon", "bri", "del", "fa", "gor")
VOCABULARY = ["".join(parts) for parts in product(SYLLABLES, repeat=3)]


def words(n: int) -> tuple[str, str]:
    """The two words of a copy's own: some are frequent, most are rare."""
    size = len(VOCABULARY)
    return VOCABULARY[(n * n) % 50 if n % 3 else n % size], VOCABULARY[(n * 7919) % size]


async def kept(size: int, folder: Path) -> Path:
    """A database of that many conflicts. A big one is made once, and stays with the temporary files."""
    big = size >= BIG
    path = (Path(gettempdir()) if big else folder) / f"tiebreak-bench-{_digest()}-{size}.sqlite3"
    if not path.exists():
        making = path.with_suffix(".making")
        making.unlink(missing_ok=True)
        await make(making, size)
        making.rename(path)
    with closing(sqlite3.connect(path)) as connection:
        forget_pending(connection)
        _forget_reports(connection, size)
        connection.commit()
    return path


def _digest() -> str:
    """Other tables, or another way of copying, are another database."""
    migrations = sorted((MIGRATIONS / "versions").glob("0*.py"))
    return hashlib.sha256(b"".join(each.read_bytes() for each in (Path(__file__), *migrations))).hexdigest()[
        :12
    ]


async def make(path: Path, size: int) -> None:
    """The database, at the path."""
    await patterns(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-400000", "foreign_keys=OFF"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("BEGIN")
        multiply(connection, size)
        connection.execute("COMMIT")


async def patterns(path: Path) -> None:
    """One decided and one open conflict of each kind, made by the rules."""
    url = f"sqlite+aiosqlite:///{path}"
    await migrate(url)
    clock = HandClock(datetime.now(UTC) - timedelta(days=1))
    slack = juniper_slack(clock, load(MANIFEST))
    store = await open_store(url, ids=Ids(clock.now, Random(1)), clock=clock.now)
    try:
        await store.write(lambda unit: furnish(unit, slack), team=slack.workspace.team)
        for kind, decided in product(juniper().matrix, (True, False)):
            await store.write(partial(_pattern, kind=kind.key, decided=decided), team=slack.workspace.team)
            clock.forward(timedelta(minutes=1))
    finally:
        await store.close()


def _pattern(unit: Unit, kind: str, decided: bool) -> None:
    now = unit.clock()
    workspace = workspaces.load(unit.connection, unit.team, ["U0NINA", "U0SAM"], now=now)
    assert workspace is not None
    facts = Facts(
        type=kind,
        subject=" ".join(("Pipeline for", *PATTERN_WORDS)),
        signals=(Signal(source="Clari AI", says="4.2 M€"), Signal(source="Rep roll-up", says="3.1 M€")),
        account="Acme",
        account_owner="U0NINA",
        reported_in=COUNCIL,
    )
    nina = workspace.people["U0NINA"]
    outcome = report(facts, by=nina, id=unit.ids(), home=COUNCIL, workspace=workspace, now=now)
    conflict = apply(unit.connection, unit.ids, outcome, now)
    if not decided:
        return
    ruling = Ruling(
        stands="one",
        source="Rep roll-up",
        number="3.1 M€",
        decision="Present 3.1 M€ in the board deck.",
        why="Clari counts renewals twice since October (0.9 M€).",
        by=conflict.owner,
        role=conflict.role,
        at=now,
    )
    knowing = workspaces.load(unit.connection, unit.team, conflict.insiders, now=now)
    assert knowing is not None
    owner = knowing.people[conflict.owner]
    later = now + timedelta(minutes=1)
    decision = decide(conflict, ruling, by=owner, workspace=knowing, now=later)
    apply(unit.connection, unit.ids, replace(decision, wake_at=None), later)


def multiply(connection: sqlite3.Connection, size: int) -> None:
    """Copy the patterns until there are that many conflicts; nothing of them is due or waits to be said."""
    forget_pending(connection)
    connection.execute("CREATE TEMP TABLE copy (number, id, pattern, shift, first, second)")
    connection.executemany("INSERT INTO copy VALUES (?, ?, ?, ?, ?, ?)", _plan(connection, size))
    first, second = PATTERN_WORDS
    own_words = f"replace(replace(p.{{}}, '{first}', c.first), '{second}', c.second)"
    number = """replace({}, '"number":' || p.number || ',', '"number":' || c.number || ',')"""
    body = f"replace({number.format(own_words.format('body'))}, p.id, c.id)"
    shifted = {name: f"p.{name} + c.shift" for name in ("reported_at", "limit_at", "ended_at")}
    _copy(
        connection,
        "conflicts",
        "id",
        {
            "id": "c.id",
            "number": "c.number",
            "body": body,
            "subject_words": own_words.format("subject_words"),
            **shifted,
        },
    )
    _copy(connection, "insiders", "conflict", {"conflict": "c.id"})
    _copy(connection, "timeline", "conflict", {"conflict": "c.id", "at": "p.at + c.shift"})
    stands = "printf('%010d.000100', c.number)"
    _copy(
        connection, "messages", "conflict", {"id": "'m' || c.id || p.lane", "conflict": "c.id", "ts": stands}
    )
    _copy_words(connection)
    connection.execute("UPDATE workspaces SET last_number = ?", (size,))
    connection.execute("DROP TABLE copy")


def forget_pending(connection: sqlite3.Connection) -> None:
    """Nothing is due, waits to be said or was delivered, of the patterns or of an earlier run."""
    for pending in ("notices", "wakes", "lanes", "deliveries"):
        connection.execute(f"DELETE FROM {pending}")
    waiting = "state IN ('waiting', 'calling')"
    connection.execute(f"UPDATE messages SET state = 'shown', ts = '1.1', not_before = NULL WHERE {waiting}")


def _forget_reports(connection: sqlite3.Connection, size: int) -> None:
    """What an earlier run has reported would be open, and longer and longer lists."""
    newer = f"(SELECT id FROM conflicts WHERE number > {size})"
    for name in ("insiders", "timeline", "messages"):
        connection.execute(f"DELETE FROM {name} WHERE conflict IN {newer}")
    connection.execute("DELETE FROM conflicts WHERE number > ?", (size,))
    connection.execute(
        "DELETE FROM search WHERE rowid > (SELECT max(id) << 32 FROM search_teams) + ?", (size,)
    )
    connection.execute("UPDATE workspaces SET last_number = ?", (size,))


def _plan(connection: sqlite3.Connection, size: int) -> Iterator[tuple[object, ...]]:
    """Which pattern becomes which copy, oldest first; the newest are of those that are open."""
    rows = connection.execute(
        "SELECT id, ended_at IS NULL, reported_at FROM conflicts ORDER BY number"
    ).fetchall()
    decided, still_open = ([row for row in rows if row[1] == flag] for flag in (0, 1))
    newest = datetime.now(UTC) - timedelta(hours=2)
    at = newest
    ids = Ids(lambda: at, Random(2))
    for number in range(len(rows) + 1, size + 1):
        at = newest - APART * (size - number)
        chosen = still_open if number > size - OPEN else decided
        pattern, _, reported_at = chosen[number % len(chosen)]
        shift = round(at.timestamp() * 1_000_000) - reported_at
        yield number, ids(), pattern, shift, *words(number)


def _copy(connection: sqlite3.Connection, name: str, key: str, changed: dict[str, str]) -> None:
    """Each row of a pattern for each of its copies, with these columns changed."""
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({name})")]
    given = ", ".join(changed.get(column, f'p."{column}"') for column in columns)
    connection.execute(
        f'CREATE TEMP TABLE p AS SELECT * FROM {name} WHERE "{key}" IN (SELECT pattern FROM copy)'
    )
    connection.execute(f'INSERT INTO {name} SELECT {given} FROM copy c JOIN p ON p."{key}" = c.pattern')
    connection.execute("DROP TABLE p")


def _copy_words(connection: sqlite3.Connection) -> None:
    """Everything is found by its own words, too."""
    connection.execute(
        "CREATE TEMP TABLE p AS SELECT conflicts.id, search.words, search_teams.id << 32 AS base "
        "FROM conflicts JOIN search_teams USING (team) "
        "JOIN search ON search.rowid = (search_teams.id << 32) + conflicts.number "
        "WHERE conflicts.id IN (SELECT pattern FROM copy)"
    )
    own = "replace(replace(p.words, ?, c.first), ?, c.second)"
    connection.execute(
        f"INSERT INTO search (words, rowid) SELECT {own}, p.base + c.number "
        "FROM copy c JOIN p ON p.id = c.pattern ORDER BY c.number",
        PATTERN_WORDS,
    )
    connection.executemany("INSERT OR IGNORE INTO search_words VALUES (?)", ((word,) for word in VOCABULARY))
    connection.execute("DROP TABLE p")
