"""Rebuilds a table that others refer to, which SQLite can only do by a copy."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    with op.batch_alter_table("owners") as owners:
        owners.add_column(sa.Column("name", sa.String, nullable=False, server_default="?"))
        owners.create_unique_constraint("uq_owners_name", ["name"])
    op.execute("UPDATE owners SET name = 'Ana'")
