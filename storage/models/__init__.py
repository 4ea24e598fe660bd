"""The tables, a module an area. A row of a client carries its ``client_id``; invariants are in the schema.

A class ends in Row where a value of ``bot.values`` or ``bot.update`` has its plain name. Times are aware UTC, money is
in minor units, ``minute`` columns count from local midnight, and ``blocked_from`` and ``blocked_to`` are epoch minutes.
"""

from storage.models.agenda import AppointmentRow, BusyFeed, BusyTime, Waiting
from storage.models.client import (
    Account,
    CatalogueItem,
    ClientRow,
    ClientTextRow,
    ClosureRow,
    ContactRow,
    HoursRow,
    Numbering,
    ResourceRow,
    ServiceResource,
    ServiceRow,
    TaughtRow,
)
from storage.models.columns import metadata
from storage.models.desk import (
    AccessLog,
    AgendaKey,
    CannedFile,
    Coverage,
    CoverFor,
    Draft,
    LoginTry,
    PendingReply,
    Presence,
    RecoveryCode,
    Staff,
    StaffClient,
    StaffSession,
)
from storage.models.office import Note, Relay, RelayTold, Slip, Stretch, Ticket, Work
from storage.models.orders import OrderEvent, OrderRow, OrderWatch
from storage.models.people import CustomerRow, Merge, Proof, ThreadRow, Tries
from storage.models.posts import PostName, PostRow
from storage.models.reach import Alert, Alerting, Link, LinkCode, SpokenOf
from storage.models.road import ConversationRow, File, Job, MessageRow, UpdateRow
from storage.models.tasks import MemberRow, Recurring, TaskEvent, TaskRow

__all__ = [
    "AccessLog",
    "Account",
    "AgendaKey",
    "Alert",
    "Alerting",
    "AppointmentRow",
    "BusyFeed",
    "BusyTime",
    "CannedFile",
    "CatalogueItem",
    "ClientRow",
    "ClientTextRow",
    "ClosureRow",
    "ContactRow",
    "ConversationRow",
    "CoverFor",
    "Coverage",
    "CustomerRow",
    "Draft",
    "File",
    "HoursRow",
    "Job",
    "Link",
    "LinkCode",
    "LoginTry",
    "MemberRow",
    "Merge",
    "MessageRow",
    "Note",
    "Numbering",
    "OrderEvent",
    "OrderRow",
    "OrderWatch",
    "PendingReply",
    "PostName",
    "PostRow",
    "Presence",
    "Proof",
    "RecoveryCode",
    "Recurring",
    "Relay",
    "RelayTold",
    "ResourceRow",
    "ServiceResource",
    "ServiceRow",
    "Slip",
    "SpokenOf",
    "Staff",
    "StaffClient",
    "StaffSession",
    "Stretch",
    "TaskEvent",
    "TaskRow",
    "TaughtRow",
    "ThreadRow",
    "Ticket",
    "Tries",
    "UpdateRow",
    "Waiting",
    "Work",
    "metadata",
]
