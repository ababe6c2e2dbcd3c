"""Who is looking, for the doors of the desk."""

from __future__ import annotations

from remit.people.looking import looking as member_of

__all__ = ["member_of"]
