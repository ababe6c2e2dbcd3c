"""What a changed charter changes, as one page that can be passed on."""

from remit_engine.report.comparison.whole import comparison_page

__all__ = ["comparison_page"]
