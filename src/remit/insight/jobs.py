"""What is done later, and what comes back every night."""

from __future__ import annotations

from remit.insight import letgo_jobs

__all__ = ["letgo_jobs"]
