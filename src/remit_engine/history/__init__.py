"""Answered questions from any system, as one typed table."""

from remit_engine.history.mapping import Mapping
from remit_engine.history.mapping_file import read_mapping
from remit_engine.history.reading import read_history, read_source

__all__ = ["Mapping", "read_history", "read_mapping", "read_source"]
