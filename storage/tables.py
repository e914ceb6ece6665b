"""Every table. Each row belongs to exactly one workspace (`team`), nothing crosses.

Small rows lie, on SQLite, in the tree of their key and not in a second one (`sqlite_with_rowid`); not those
of `lanes`, which it would then read from end to end to find what is due.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Date,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    Time,
    UniqueConstraint,
    false,
    literal_column,
    or_,
    text,
)

from storage.columns import JSON, UTC

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


PENDING = "state = 'waiting' OR state = 'calling'"


def _text(name: str, *, key: bool = False, default: str | None = None) -> Column[str]:
    return Column(name, String, primary_key=key, nullable=False, server_default=default)


def _index_of_those(where: str, *columns: str) -> Index:
    """An index of some rows only: the others cost nothing, and however many there are, it stays small."""
    return Index(None, *columns, sqlite_where=text(where), postgresql_where=text(where))


def in_state(table: Table, *states: str) -> ColumnElement[bool]:
    """Rows in one of these states, written out as an index of such rows is: otherwise it does not match."""
    return or_(*(table.c.state == literal_column(f"'{state}'") for state in states))


workspaces = Table(
    "workspaces",
    metadata,
    _text("team", key=True),
    _text("name", default=""),
    _text("url", default=""),
    _text("bot_user", default=""),
    Column("installer", String),
    Column("last_number", Integer, nullable=False, server_default="0"),
    Column("configuration", Integer, nullable=False, server_default="0"),
    sqlite_with_rowid=False,
)

revisions = Table(
    "revisions",
    metadata,
    _text("team", key=True),
    _text("revision"),
    sqlite_with_rowid=False,
)

configurations = Table(
    "configurations",
    metadata,
    _text("team", key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("body", JSON, nullable=False),
    _text("hash"),
    Column("author", String),
    _text("reason", default=""),
    Column("based_on", Integer, nullable=False),
    Column("at", UTC, nullable=False),
)

people = Table(
    "people",
    metadata,
    _text("team", key=True),
    _text("id", key=True),
    _text("name"),
    _text("zone"),
    Column("email", String),
    Column("guest", Boolean, nullable=False),
    Column("bot", Boolean, nullable=False),
    Column("deactivated", Boolean, nullable=False),
    Column("foreign", Boolean, nullable=False),
    Column("admin", Boolean, nullable=False),
    _text("status", default=""),
    Column("status_until", UTC),
    Column("fetched_at", UTC, nullable=False),
    Column("dm", String),
    Column("greeted_at", UTC),
    Column("morning", Time),
    sqlite_with_rowid=False,
)

channels = Table(
    "channels",
    metadata,
    _text("team", key=True),
    _text("id", key=True),
    _text("name", default=""),
    _text("kind"),
    Column("archived", Boolean, nullable=False),
    Column("shared", Boolean, nullable=False),
    Column("bot_in", Boolean),
    Column("fetched_at", UTC, nullable=False),
    sqlite_with_rowid=False,
)

absences = Table(
    "absences",
    metadata,
    _text("id", key=True),
    _text("team"),
    _text("person"),
    Column("since", UTC, nullable=False),
    Column("until", UTC, nullable=False),
    Column("stand_in", String),
    Column("known_from", UTC, nullable=False),
    Index(None, "team", "until"),
    sqlite_with_rowid=False,
)

changes = Table(
    "changes",
    metadata,
    _text("team", key=True),
    _text("ceremony", key=True),
    Column("on", Date, primary_key=True),
    Column("starts", UTC),
    Column("skipped", Boolean, nullable=False, server_default=false()),
    Column("extra", Boolean, nullable=False, server_default=false()),
    _text("reason", default=""),
    Column("by", String),
    Column("known_from", UTC, primary_key=True),
    sqlite_with_rowid=False,
)

conflicts = Table(
    "conflicts",
    metadata,
    _text("id", key=True),
    _text("team"),
    Column("number", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    _text("type"),
    _text("state"),
    _text("owner"),
    _text("asked"),
    _text("reporter"),
    _text("account", default=""),
    _text("subject_words", default=""),
    Column("confidential", Boolean, nullable=False),
    Column("home", String),
    Column("reported_at", UTC, nullable=False),
    Column("limit_at", UTC, nullable=False),
    Column("ended_at", UTC),
    Column("holds_until", Date),
    Column("stands_in_for", String),
    Column("hangs_on", String),
    Column("body", JSON, nullable=False),
    UniqueConstraint("team", "number"),
    Index(None, "team", "state", "limit_at"),
    Index(None, "team", "reporter", "reported_at"),
    Index(None, "team", "type", "state", "ended_at"),
    Index(None, "team", "ended_at", "reported_at"),
    _index_of_those("stands_in_for IS NOT NULL", "team", "stands_in_for"),
    _index_of_those("hangs_on IS NOT NULL", "team", "hangs_on"),
)

actions = Table(
    "actions",
    metadata,
    _text("id", key=True),
    _text("team"),
    Column("conflict", String),
    _text("owner"),
    _text("state"),
    Column("due", Date, nullable=False),
    Column("version", Integer, nullable=False),
    Column("body", JSON, nullable=False),
    ForeignKeyConstraint(["conflict"], ["conflicts.id"]),
    Index(None, "team", "owner", "state", "due"),
    Index(None, "conflict"),
    Index(None, "team", "state", "due"),
)

insiders = Table(
    "insiders",
    metadata,
    _text("conflict", key=True),
    _text("person", key=True),
    ForeignKeyConstraint(["conflict"], ["conflicts.id"]),
    sqlite_with_rowid=False,
)

timeline = Table(
    "timeline",
    metadata,
    _text("conflict", key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    _text("team"),
    _text("kind"),
    Column("at", UTC, nullable=False),
    Column("by", String),
    Column("words", JSON, nullable=False),
    Column("facts", JSON, nullable=False),
    ForeignKeyConstraint(["conflict"], ["conflicts.id"]),
    sqlite_with_rowid=False,
)

context = Table(
    "context",
    metadata,
    _text("id", key=True),
    _text("team"),
    _text("conflict"),
    _text("by"),
    Column("at", UTC, nullable=False),
    Column("words", Text, nullable=False),
    _text("link", default=""),
    Column("joined", Boolean, nullable=False),
    ForeignKeyConstraint(["conflict"], ["conflicts.id"]),
    Index(None, "conflict", "at"),
)

replies = Table(
    "replies",
    metadata,
    _text("team", key=True),
    _text("channel", key=True),
    _text("ts", key=True),
    _text("conflict"),
    _text("by"),
    Column("at", UTC, nullable=False),
    ForeignKeyConstraint(["conflict"], ["conflicts.id"]),
    Index(None, "conflict", "at"),
    sqlite_with_rowid=False,
)

sources = Table(
    "sources",
    metadata,
    _text("team", key=True),
    _text("folded", key=True),
    _text("name"),
    Column("used_at", UTC, nullable=False),
    sqlite_with_rowid=False,
)

homes = Table(
    "homes",
    metadata,
    _text("team", key=True),
    _text("person", key=True),
    Column("opened_at", UTC, nullable=False),
    Column("want_at", UTC),
)

drafts = Table(
    "drafts",
    metadata,
    _text("id", key=True),
    _text("team"),
    _text("person"),
    Column("body", JSON, nullable=False),
    Column("at", UTC, nullable=False),
    Index(None, "at"),
)

wakes = Table(
    "wakes",
    metadata,
    _text("team", key=True),
    _text("subject", key=True),
    Column("wake_at", UTC, nullable=False),
    Column("holder", String),
    Column("lease_until", UTC),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("parked", Boolean, nullable=False, server_default=false()),
    Index(None, "parked", "wake_at", "subject"),
    sqlite_with_rowid=False,
)

lanes = Table(
    "lanes",
    metadata,
    _text("team", key=True),
    _text("lane", key=True),
    Column("ready_at", UTC),
    Column("priority", Integer, nullable=False, server_default="2"),
    Column("holder", String),
    Column("lease_until", UTC),
    Column("failing_since", UTC),
    Column("tries", Integer, nullable=False, server_default="0"),
    _text("error", default=""),
    Index(None, "ready_at"),
    _index_of_those("failing_since IS NOT NULL", "failing_since"),
)

notices = Table(
    "notices",
    metadata,
    _text("id", key=True),
    _text("team"),
    _text("lane"),
    _text("key"),
    _text("kind"),
    Column("conflict", String),
    Column("subject", String),
    _text("to"),
    Column("priority", Integer, nullable=False),
    Column("at", UTC, nullable=False),
    Column("not_before", UTC, nullable=False),
    Column("good_until", UTC, nullable=False),
    Column("facts", JSON, nullable=False),
    _text("state"),
    _text("why", default=""),
    Column("called_at", UTC),
    Column("told_with", String),
    UniqueConstraint("team", "key"),
    _index_of_those(PENDING, "team", "lane", "not_before"),
    _index_of_those("state = 'said'", "team", "lane", "called_at"),
    _index_of_those("state = 'said' OR state = 'dropped'", "at"),
    sqlite_with_rowid=False,
)

messages = Table(
    "messages",
    metadata,
    _text("id", key=True),
    _text("team"),
    Column("conflict", String),
    Column("subject", String),
    _text("kind"),
    _text("lane"),
    Column("person", String),
    Column("notice", String),
    Column("channel", String),
    Column("ts", String),
    Column("live", Boolean, nullable=False),
    Column("wanted", Integer, nullable=False),
    Column("shown", Integer, nullable=False),
    _text("state", default="waiting"),
    Column("reposted", Integer, nullable=False, server_default="0"),
    Column("called_at", UTC),
    Column("updated_at", UTC),
    Column("not_before", UTC),
    ForeignKeyConstraint(["conflict"], ["conflicts.id"]),
    _index_of_those(PENDING, "team", "lane"),
    Index(None, "conflict"),
    _index_of_those("subject IS NOT NULL", "team", "subject"),
    _index_of_those("notice IS NOT NULL", "notice"),
    _index_of_those("ts IS NOT NULL", "team", "channel", "ts"),
    sqlite_with_rowid=False,
)

blocked = Table(
    "blocked",
    metadata,
    _text("team", key=True),
    _text("method", key=True),
    _text("channel", key=True),
    Column("since", UTC, nullable=False),
    Column("until", UTC, nullable=False),
    sqlite_with_rowid=False,
)
