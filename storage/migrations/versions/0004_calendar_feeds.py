"""Calendar feeds"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.columns import UTC

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "feeds",
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("whose", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("made_at", UTC(), nullable=False),
        sa.PrimaryKeyConstraint("team", "whose", name=op.f("pk_feeds")),
        sa.UniqueConstraint("hash", name=op.f("uq_feeds_hash")),
        sqlite_with_rowid=False,
    )
