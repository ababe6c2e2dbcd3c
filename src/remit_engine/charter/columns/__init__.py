"""The charter compiled to columns: millions of requests at once."""

from remit_engine.charter.columns.by_day import CharterInColumns
from remit_engine.charter.columns.deciding import Deciding
from remit_engine.charter.columns.form import ColumnForm
from remit_engine.charter.columns.source import Source, Words

__all__ = ["CharterInColumns", "ColumnForm", "Deciding", "Source", "Words"]
