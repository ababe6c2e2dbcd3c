"""Tables of big days."""

from __future__ import annotations

from remit.events.models.events import Event
from remit.events.models.people import Person, Stay, Wish
from remit.events.models.tasks import Need, Task
from remit.events.models.things import Thing

__all__ = ["Event", "Need", "Person", "Stay", "Task", "Thing", "Wish"]
