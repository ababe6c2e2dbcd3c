"""Which column of a log is what, as it was typed."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from remit.command.files import readable_file
from remit_engine.errors import InputError
from remit_engine.history import Mapping, read_mapping

_MAPPING_FILES: Final = (".yaml", ".yml")


def mapping_of(typed: Iterable[str], *, currency: str | None, zone: str | None) -> Mapping:
    """The mapping file, if there is one, with all that was typed laid over it.

    Args:
        typed: what stood after `--map`: `use=column` pairs, and at most one mapping file.
        currency: look at amounts in this currency only.
        zone: IANA name of the zone of the log's times.

    Raises:
        InputError: there are two mapping files, or one can't be read.
    """
    words = list(typed)
    files = mapping_files(words)
    if len(files) > 1:
        raise InputError(
            "two-mappings", "There are two mapping files after --map.", "Put everything into one of them."
        )
    told = [pair for pair in words if not _is_mapping_file(pair)]
    if currency is not None:
        told.append(f"currency.only={currency}")
    if zone is not None:
        told.append(f"zone={zone}")
    return (read_mapping(files[0]) if files else Mapping()).with_overrides(told)


def mapping_files(typed: Iterable[str]) -> tuple[Path, ...]:
    """The mapping files among what stood after `--map`."""
    return tuple(readable_file(each) for each in typed if _is_mapping_file(each))


def _is_mapping_file(typed: str) -> bool:
    return typed.casefold().endswith(_MAPPING_FILES) and "=" not in typed
