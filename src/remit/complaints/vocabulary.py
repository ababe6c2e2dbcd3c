"""Words of the desk."""

from __future__ import annotations

from typing import Final

from django.db import models


class Channel(models.TextChoices):
    """How a complaint came in."""

    COUNTER = "counter", "in person"
    PHONE = "phone", "by phone"
    FORM = "form", "by the form"
    MAIL = "mail", "by mail"
    IMPORT = "import", "imported"


class Severity(models.IntegerChoices):
    """How bad it is for the customer."""

    SMALL = 1, "small"
    USUAL = 2, "usual"
    SERIOUS = 3, "serious"


class MessageForm(models.TextChoices):
    """Who says something to whom."""

    FROM_CUSTOMER = "from-customer", "from the customer"
    TO_CUSTOMER = "to-customer", "to the customer"
    AUTOMATIC = "automatic", "sent by itself to the customer"
    NOTE = "note", "only the team sees this"
    QUESTION = "question", "what would you do?"
    ADVICE = "advice", "a colleague's advice"


class MailState(models.TextChoices):
    """Where a message to the customer stands."""

    NONE = "none", "shown on the customer's page"
    WAITS = "waits", "leaves in a moment"
    SENDING = "sending", "on its way"
    SENT = "sent", "sent"
    FAILED = "failed", "could not be sent"
    TAKEN_BACK = "taken-back", "undone before it left"


class MailKind(models.TextChoices):
    """What a mail that came in was taken for."""

    TAKEN = "taken", "what a customer says"
    UNREAD = "unread", "an answer of a customer, to an address that nobody reads"
    BOUNCE = "bounce", "a mail of ours that came back"
    AUTOMATIC = "automatic", "written by a machine"
    UNKNOWN = "unknown", "about nothing that is known here"
    MACHINE = "machine", "sent by a machine, perhaps for somebody"
    LIST = "list", "sent to many"
    OWN = "own", "sent from an address of our own"
    FLOOD = "flood", "one of too many within an hour"
    UNREADABLE = "unreadable", "could not be read"


SET_ASIDE: Final = frozenset(
    {MailKind.MACHINE, MailKind.LIST, MailKind.OWN, MailKind.FLOOD, MailKind.UNREADABLE}
)
"""Mail to a team that may be a complaint after all: somebody looks at it."""


class CloseReason(models.TextChoices):
    """Why a complaint was closed."""

    MADE_RIGHT = "made-right", "made right"
    NOT_OURS = "not-ours", "not ours to mend"
    NO_ANSWER = "no-answer", "the customer didn't answer"
    DUPLICATE = "duplicate", "told twice"
    WITHDRAWN = "withdrawn", "the customer took it back"


class ImportOf(models.TextChoices):
    """What a file is a list of."""

    COMPLAINTS = "complaints", "complaints"
    ORDERS = "orders", "orders"
    CUSTOMERS = "customers", "customers"


NEEDS_WHY: Final = frozenset({CloseReason.NOT_OURS, CloseReason.WITHDRAWN})
"""Reasons that say too little without a sentence."""

CLOSED_IN_PLAIN_WORDS: Final = {
    CloseReason.MADE_RIGHT: "We think that this is made right, and have closed it.",
    CloseReason.NOT_OURS: "We could not mend this ourselves, and have closed it.",
    CloseReason.NO_ANSWER: "We didn't hear from you, and have closed this for now.",
    CloseReason.DUPLICATE: "This was told to us twice, so it goes on in one place.",
    CloseReason.WITHDRAWN: "You took this back, so we have closed it.",
}
"""What the customer reads about a closed complaint."""

MADE_RIGHT_WORDS: Final = {
    5: "made right, in full",
    4: "mostly made right",
    3: "half made right",
    2: "hardly made right",
    1: "not made right at all",
}
"""The answers to *was it made right?*, best first."""

QUICKNESS_WORDS: Final = {3: "quickly", 2: "in good time", 1: "too slowly"}
"""The answers to *how quickly?*"""

ACTS: Final = {
    "complaint-opened": "opened it",
    "customer-wrote": "wrote",
    "mail-came-back": "answered by mail, which nobody reads yet",
    "automatic-mail-came": "has a machine that answered our mail",
    "mail-made-complaint": "made a complaint of a mail that had been set aside",
    "mails-left-aside": "left mails that had been set aside",
    "mail-left-aside": "left a mail that had been set aside",
    "customer-answered": "answered the customer",
    "reply-taken-back": "took a reply back before it left",
    "mail-sent": "the mail left",
    "mail-failed": "a mail could not be sent",
    "note-written": "wrote a note for the team",
    "advice-asked": "asked a colleague: what would you do?",
    "advice-given": "gave advice",
    "complaint-taken-up": "took it up",
    "complaint-put-back": "put it back",
    "complaint-handed-over": "handed it over to {to}",
    "complaint-left-behind": "freed it, since whoever had it left the team",
    "complaint-changed": "changed what is known",
    "complaint-decided": "decided: {kind}, {level}",
    "decision-undone": "undid a decision",
    "complaint-closed": "closed it",
    "complaint-reopened": "opened it again",
    "another-look-asked": "asked for another look",
    "complaint-linked": "linked it",
    "complaint-unlinked": "took a link away",
    "complaint-merged": "let it go on in another complaint",
    "complaint-took-in": "merged another complaint into it",
    "merge-undone": "undid a merging",
    "saved-reply-kept": "kept a reply for the team",
    "saved-reply-forgotten": "forgot a saved reply of the team",
    "letter-worded": "chose the words of a letter",
    "letter-unworded": "forgot the words of a letter",
    "rating-set": "chose whether customers are asked how it went",
    "credit-reminded": "reminded the customer of store credit that ends soon",
    "rating-asked": "asked the customer how it went",
    "complaint-rated": "said how it went",
    "draft-opened": "opened a draft of the charter",
    "customer-made": "wrote a customer down",
    "customers-merged": "merged two customers",
    "customers-parted": "undid a merging of customers",
    "customer-changed": "changed what is known about a customer",
    "complaints-exported": "exported complaints",
    "journal-exported": "took out the books of the team",
    "import-ended": "ended an import",
    "import-looked-at": "looked at a file to import",
    "import-started": "started an import",
    "import-cancelled": "stopped an import",
    "order-made": "wrote an order down",
    "order-filled-in": "filled in an order",
    "order-corrected": "corrected the order",
    "view-kept": "kept a view of the list",
    "view-forgotten": "forgot a view of the list",
}
"""What was done to a complaint, by the code in the trail, after the name of who did it."""

ACTS_OF_THE_CUSTOMER: Final = frozenset(
    {
        "complaint-opened",
        "customer-wrote",
        "mail-came-back",
        "automatic-mail-came",
        "another-look-asked",
        "complaint-rated",
    }
)
"""What a customer does, signed in as nobody."""

WORTH_NOTHING: Final = frozenset({"apology"})
"""Kinds of remedy whose value is 0."""

GATHERED: Final = {
    "mail-set-aside": ("Mails of {count} teams were set aside", "/mail/"),
    "complaint-came-in": ("{count} new complaints", "/complaints/?tab=unassigned"),
    "complaint-handed-over": ("{count} complaints were handed to you", "/complaints/?tab=mine"),
    "complaint-rated": ("Customers rated {count} complaints", "/complaints/?tab=closed"),
    "customer-wrote": ("Customers wrote about {count} complaints", "/complaints/?tab=due"),
    "decision-told": ("You are told of {count} decisions", "/complaints/?tab=all"),
}
"""Notices of which many stand as one, and where all of them are listed."""
