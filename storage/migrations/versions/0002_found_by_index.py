"""Indexes for what was looked for among all there is: a person wherever she is named, the orders opened to a talk."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

NEW = (
    ("draft", "ticket_id"),
    ("note", "client_id"),
    ("order_watch", "conversation_id"),
    ("pending_reply", "ticket_id"),
    ("proof", "customer_id"),
    ("relay", "customer_id"),
    ("relay_told", "customer_id"),
    ("waiting", "appointment_id"),
    ("waiting", "customer_id"),
)


def upgrade() -> None:
    for table, column in NEW:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
    partly("customer", "merged_into", "merged_into IS NOT NULL")
    # What is done is found by what it was about, too: an erased customer's posts are looked for among it.
    op.drop_index("ix_job_subject", "job")
    partly("job", "subject", "subject IS NOT NULL")


def downgrade() -> None:
    op.drop_index("ix_job_subject", "job")
    partly("job", "subject", "state = 'due'")
    op.drop_index("ix_customer_merged_into", "customer")
    for table, column in NEW:
        op.drop_index(op.f(f"ix_{table}_{column}"), table)


def partly(table: str, column: str, where: str) -> None:
    """An index of those rows that have a value there, or are in some state."""
    condition = sa.text(where)
    op.create_index(f"ix_{table}_{column}", table, [column], sqlite_where=condition, postgresql_where=condition)
