"""Rhythm"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.columns import JSON, UTC

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "meetings",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("ceremony", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("starts", UTC(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meetings")),
        sa.UniqueConstraint("team", "ceremony", "on", name=op.f("uq_meetings_team_ceremony_on")),
    )
    op.create_index(op.f("ix_meetings_team_state_starts"), "meetings", ["team", "state", "starts"])
    op.create_table(
        "standups",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("ceremony", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("starts", UTC(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standups")),
        sa.UniqueConstraint("team", "ceremony", "on", name=op.f("uq_standups_team_ceremony_on")),
    )
    op.create_index(op.f("ix_standups_team_state_starts"), "standups", ["team", "state", "starts"])
