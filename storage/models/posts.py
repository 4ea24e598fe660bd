"""What the client's team sees in its workspace."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, ForeignKeyConstraint, Index
from sqlmodel import Field, SQLModel

from storage.models.columns import to


class PostRow(SQLModel, table=True):
    """A post of ours under our own key ("task:12"): where it goes, and where and as what its network shows it.

    ``address`` is the place as its lane names it (a channel, a member, or empty for the client's own channel);
    ``place`` and ``ts`` are the network's, empty until it was sent. ``shown`` is what it says, kept only where it names
    customers (``post_name``) and must read otherwise once one of them is erased.
    """

    __tablename__ = "post"
    __table_args__ = (Index("ix_post_place", "account", "place", "ts"),)
    client_id: int = to("client", primary=True)
    key: str = Field(primary_key=True)
    account: str
    address: str = ""
    place: str = ""
    ts: str = ""
    customer_id: int | None = to("customer", nullable=True, index=True)
    shown: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)


class PostName(SQLModel, table=True):
    """A customer whom a post names among others."""

    __tablename__ = "post_name"
    __table_args__ = (ForeignKeyConstraint(["client_id", "key"], ["post.client_id", "post.key"], ondelete="CASCADE"),)
    client_id: int = to("client", primary=True)
    key: str = Field(primary_key=True)
    customer_id: int = to("customer", primary=True, index=True)
