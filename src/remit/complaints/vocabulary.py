"""Words of the desk."""

from __future__ import annotations

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
