"""Bytes gongkai itself wrote into a paper the secrecy officer had let go."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision: str | None = "0003"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Add their tags."""
    op.create_table(
        "released_bytes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("quarantine_id", sa.Integer(), nullable=False),
        sa.Column("tag", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["quarantine_id"], ["quarantine.id"], name=op.f("fk_released_bytes_quarantine_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_released_bytes")),
        sa.UniqueConstraint(
            "quarantine_id", "tag", name=op.f("uq_released_bytes_quarantine_id_tag")
        ),
    )
    op.create_index("ix_released_bytes_tag", "released_bytes", ["tag"], unique=False)
