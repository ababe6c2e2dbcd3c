"""What is done later, and what comes back every night."""

from __future__ import annotations

from remit.insight.balance import jobs as balance_jobs
from remit.insight.effect import jobs as effect_jobs
from remit.insight.hats import jobs as hats_jobs
from remit.insight.letgo import jobs as letgo_jobs

__all__ = ["balance_jobs", "effect_jobs", "hats_jobs", "letgo_jobs"]
