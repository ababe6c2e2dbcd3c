"""What is done later, and what comes back every night."""

from __future__ import annotations

from remit.insight.letgo import jobs as letgo_jobs

__all__ = ["letgo_jobs"]
