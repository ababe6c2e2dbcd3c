"""What `remit letgo` shows: the terminal, one HTML file, a draft charter, JSON."""

from remit_engine.report.charter_draft import draft_charter
from remit_engine.report.for_programs import as_json
from remit_engine.report.in_terminal import terminal
from remit_engine.report.page import html

__all__ = ["as_json", "draft_charter", "html", "terminal"]
