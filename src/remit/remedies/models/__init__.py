"""Tables of the remedies: what is given, and the providers through which money goes back by itself."""

from remit.remedies.models.connections import ConnectedTeam, Connection, Heard, Look, Payment
from remit.remedies.models.remedy import CreditTerm, Event, Remedy, StoreCredit
from remit.remedies.models.sendings import Elsewhere, Sending

__all__ = (
    "ConnectedTeam",
    "Connection",
    "CreditTerm",
    "Elsewhere",
    "Event",
    "Heard",
    "Look",
    "Payment",
    "Remedy",
    "Sending",
    "StoreCredit",
)
