"""Where stopped papers lie, as keyed hashes: what belongs to them is kept without a name too."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision: str | None = "0002"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Add the places; cases opened earlier have none, and hide their own file alone."""
    op.create_table(
        "stopped_place",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("quarantine_id", sa.Integer(), nullable=False),
        sa.Column("tag", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["quarantine_id"], ["quarantine.id"], name=op.f("fk_stopped_place_quarantine_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stopped_place")),
        sa.UniqueConstraint(
            "quarantine_id", "tag", name=op.f("uq_stopped_place_quarantine_id_tag")
        ),
    )
    op.create_index("ix_stopped_place_tag", "stopped_place", ["tag"], unique=False)
