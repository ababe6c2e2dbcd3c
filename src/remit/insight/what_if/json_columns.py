"""Many small JSON objects read into columns at once, in a fraction of the time of reading each by itself.

Arrow reads a field as one type. What it can't read so (a fact that was a word once and a number later, a
number beyond 64 bits) is left to whoever asked, who then reads object by object.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.json as paj

from remit_engine.history.table import Integers

TEXT: Final = pa.string()
NUMBER: Final = pa.int64()
TRUTH: Final = pa.bool_()
_PLAIN: Final = (TEXT, NUMBER, TRUTH, pa.null())

Values = tuple[list[Any], npt.NDArray[np.int32]]
"""Each value once, and its place in every row; -1 for none."""


class JsonColumns:
    """Fields of JSON objects, by name.

    Attributes:
        rows: how many objects.
    """

    def __init__(self, rows: int, fields: Mapping[str, Any]) -> None:
        self.rows = rows
        self._fields = fields

    @classmethod
    def read(cls, texts: Sequence[str], types: Mapping[str, Any]) -> JsonColumns | None:
        """Read objects, one a text.

        Args:
            texts: JSON objects.
            types: of fields that may be there; whatever else is there is read as it looks.

        Returns:
            None where some field can't be read as one type.
        """
        lines = "\n".join(texts).encode()
        schema = pa.schema(list(types.items()))
        try:
            table = paj.read_json(
                pa.BufferReader(lines),  # type: ignore[arg-type]  # the stubs know files alone
                read_options=paj.ReadOptions(use_threads=False, block_size=len(lines) + 1),
                parse_options=paj.ParseOptions(explicit_schema=schema),
            )
        except pa.ArrowInvalid:
            return None
        if table.num_rows != len(texts):  # a text that isn't one line
            return None
        return cls(len(texts), {name: _whole(table.column(name)) for name in table.column_names})

    def inside(self, name: str) -> JsonColumns | None:
        """The fields of objects in a field; None where they can't be read as one type each."""
        outer = self._fields.get(name)
        if outer is None or pa.types.is_null(outer.type):
            return JsonColumns(self.rows, {})
        if not pa.types.is_struct(outer.type):
            return None
        names = [outer.type.field(place).name for place in range(outer.type.num_fields)]
        fields = {each: pc.struct_field(outer, [place]) for place, each in enumerate(names)}
        return JsonColumns(self.rows, fields)

    @property
    def names(self) -> list[str]:
        """Of the fields that are there."""
        return list(self._fields)

    def are(self, *types: Any) -> bool:  # noqa: ANN401 (types of Arrow)
        """Whether every field is of one of these types, or says nothing."""
        return all(field.type in types or pa.types.is_null(field.type) for field in self._fields.values())

    @property
    def are_plain(self) -> bool:
        """Whether every field holds words, whole numbers or truths."""
        return self.are(*_PLAIN)

    def values(self, name: str) -> Values:
        """A field's values, each once, in the order in which they come, and the place of each row's."""
        coded = self._fields[name].dictionary_encode()
        if pa.types.is_null(coded.type) or not pa.types.is_dictionary(coded.type):
            return [], np.full(self.rows, -1, dtype=np.int32)
        codes = coded.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int32)
        return coded.dictionary.to_pylist(), codes

    def numbers(self, name: str, missing: int) -> Integers:
        """A field of whole numbers (or truths, as 0 and 1); `missing` where it says nothing."""
        field = self._fields.get(name)
        if field is None or pa.types.is_null(field.type):
            return np.full(self.rows, missing, dtype=np.int64)
        found: Integers = field.cast(NUMBER).fill_null(missing).to_numpy(zero_copy_only=False)
        return found


def numbers_of(values: Sequence[int | None], missing: int) -> Integers:
    """Whole numbers as a column; `missing` for None."""
    found: Integers = pa.array(values, NUMBER).fill_null(missing).to_numpy(zero_copy_only=False)
    return found


def places_of(values: Sequence[str | None]) -> Values:
    """Words, each once, and the place of each; -1 for None."""
    coded = pa.array(values, TEXT).dictionary_encode()
    codes = coded.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int32)
    return coded.dictionary.to_pylist(), codes


def _whole(column: Any) -> Any:  # noqa: ANN401 (a column of Arrow)
    found = column.combine_chunks()
    return found.chunk(0) if isinstance(found, pa.ChunkedArray) and found.num_chunks == 1 else found
