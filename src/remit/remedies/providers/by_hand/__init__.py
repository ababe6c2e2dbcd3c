"""By hand: somebody does it at the till, and ticks it off with a reference."""

from __future__ import annotations

from typing import Final

NAME: Final = "by-hand"
