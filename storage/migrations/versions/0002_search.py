"""Search

By hand, because SQLAlchemy has no words for it: FTS5 on SQLite, a GIN index on PostgreSQL. What is
there already gets its words at once.
"""

from __future__ import annotations

from alembic import op

from storage.search import keep_all

revision = "0002"
down_revision = "0001"

SQLITE = (
    """CREATE VIRTUAL TABLE search
        USING fts5(words, detail=none, columnsize=0, tokenize="ascii tokenchars '_'")""",
    "CREATE TABLE search_words (word TEXT NOT NULL PRIMARY KEY) WITHOUT ROWID",
    "CREATE TABLE search_teams (id INTEGER NOT NULL PRIMARY KEY, team TEXT NOT NULL UNIQUE)",
)
POSTGRESQL = (
    """CREATE TABLE search (
        team VARCHAR NOT NULL,
        number INTEGER NOT NULL,
        words TSVECTOR NOT NULL,
        CONSTRAINT pk_search PRIMARY KEY (team, number)
    )""",
    # without a list of pending entries, which every search would have to read through
    "CREATE INDEX ix_search_words ON search USING gin (words) WITH (fastupdate = off)",
)


def upgrade() -> None:
    connection = op.get_bind()
    for statement in SQLITE if connection.dialect.name == "sqlite" else POSTGRESQL:
        op.execute(statement)
    keep_all(connection)
