"""Tables of the desk."""

from __future__ import annotations

from remit.complaints.models.coming_in import FormSent, Import, ImportedRow, ReceivedMail
from remit.complaints.models.complaint import Complaint, Link, NextNumber, Presence, Tag
from remit.complaints.models.conversation import (
    Attachment,
    LetterWording,
    Message,
    SavedReply,
    UnsentFile,
)
from remit.complaints.models.customers import Customer, CustomerMerge, Order
from remit.complaints.models.deciding import Decision
from remit.complaints.models.handling import Closure, HandOver, Rating, RatingSetting, SavedView

__all__ = [
    "Attachment",
    "Closure",
    "Complaint",
    "Customer",
    "CustomerMerge",
    "Decision",
    "FormSent",
    "HandOver",
    "Import",
    "ImportedRow",
    "LetterWording",
    "Link",
    "Message",
    "NextNumber",
    "Order",
    "Presence",
    "Rating",
    "RatingSetting",
    "ReceivedMail",
    "SavedReply",
    "SavedView",
    "Tag",
    "UnsentFile",
]
