"""XES (IEEE 1849), plain or gzipped, as a source of event rows."""

from remit_engine.history.xes.source import XesSource

__all__ = ["XesSource"]
