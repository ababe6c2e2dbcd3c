"""Charts as SVG made on the server: classes only, so that the page's colours and content policy hold."""

from remit_engine.report.chart.bands import bands
from remit_engine.report.chart.curve import curve
from remit_engine.report.chart.ladder import ladder

__all__ = ["bands", "curve", "ladder"]
