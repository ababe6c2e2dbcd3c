"""The answer as one HTML page that needs nothing else: no network, no script."""

from remit_engine.report.page.whole import html

__all__ = ["html"]
