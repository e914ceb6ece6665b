"""Two tables, and a row that must never get lost or double."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.columns import UTC

revision = "0001"
down_revision = None


def upgrade() -> None:
    owners = op.create_table("owners", sa.Column("id", sa.String, primary_key=True), sa.Column("since", UTC))
    op.create_table(
        "cases",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("owner", sa.String, sa.ForeignKey("owners.id", name="fk_cases_owner"), nullable=False),
    )
    op.create_index("ix_cases_owner", "cases", ["owner"])
    op.bulk_insert(owners, [{"id": "ana"}])
    op.execute("INSERT INTO cases (id, owner) VALUES ('one', 'ana')")
