"""A mapping as a small YAML file. Every mistake is told with the file and the line."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, NoReturn

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.constructor import DuplicateKeyError
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from remit_engine.errors import InputError
from remit_engine.history.mapping import SETTINGS, Mapping, Untrue, meaning_named, use_named
from remit_engine.history.uses import Use

_ADVICE: Final = "Mend that line; docs/reference/history.md shows a whole mapping file."
_LARGEST: Final = 1_000_000


def read_mapping(path: str | Path) -> Mapping:
    """Read a mapping file.

    Args:
        path: a YAML file as `docs/reference/history.md` describes it.

    Raises:
        InputError: the file is missing or says something that can't be; told with its line.
    """
    file = Path(path)
    tree = _tree(file)
    mapping = Mapping()
    if tree is None:
        return mapping
    if not isinstance(tree, CommentedMap):
        _fail(file, 1, "a mapping file holds names and values, like 'currency: EUR'.")
    for name, line, value in _items(tree):
        part = str(name).replace("_", " ")
        reader = _PARTS.get(part)
        if reader is None:
            _fail(file, line, f"'{name}' is no part of a mapping; there are {', '.join(_PARTS)}.")
        try:
            mapping = reader(mapping, value)
        except _UntrueAt as untrue:
            _fail(file, untrue.line or line, str(untrue))
        except Untrue as untrue:
            _fail(file, line, str(untrue))
    return mapping


class _UntrueAt(Untrue):
    """A mistake whose line is known more closely."""

    def __init__(self, wrong: str, line: int) -> None:
        super().__init__(wrong)
        self.line = line


def _fail(file: Path, line: int, wrong: str) -> NoReturn:
    raise InputError("mapping-file", f"{file.name}, line {line}: {wrong}", _ADVICE, file=str(file), line=line)


def _tree(file: Path) -> Any:  # noqa: ANN401 -- YAML may hold anything; what it holds is checked part by part
    try:
        if file.stat().st_size > _LARGEST:
            _fail(file, 1, "the file is too large for a mapping.")
        text = file.read_text(encoding="utf-8-sig")
        return YAML(typ="rt").load(text)
    except DuplicateKeyError as error:
        _fail(file, _line(error), "a name stands here for the second time.")
    except MarkedYAMLError as error:
        _fail(file, _line(error), f"this isn't YAML ({error.problem}).")
    except (YAMLError, UnicodeDecodeError):
        _fail(file, 1, "this isn't a text file in YAML.")
    except OSError as error:
        raise InputError(
            "no-such-file",
            f"The mapping file {file} can't be read: {error.strerror}.",
            "Check its name and folder.",
            path=str(file),
        ) from None


def _line(error: MarkedYAMLError) -> int:
    return error.problem_mark.line + 1 if error.problem_mark is not None else 1


def _items(tree: CommentedMap) -> Iterator[tuple[Any, int, Any]]:
    """Name, line and value of each part."""
    for name, value in tree.items():
        yield name, tree.lc.key(name)[0] + 1, value


def _each(value: object, what: str) -> Iterator[tuple[str, int, Any]]:
    if not isinstance(value, CommentedMap):
        raise Untrue(f"{what} are names and values, one a line.")
    for name, line, held in _items(value):
        yield str(name), line, held


def _word(value: object) -> str:
    """One word. YAML reads `no` and `12` as other things than words; they are taken as written."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and not math.isfinite(value):
        raise Untrue(f"'{value}' is no word; put it in quotes.")
    if isinstance(value, str | int | float) and str(value).strip():
        return str(value).strip()
    raise Untrue("one word is needed here.")


def _words(value: object) -> tuple[str, ...]:
    if isinstance(value, CommentedSeq):
        return tuple(_word(word) for word in value)
    return (_word(value),)


def _columns(mapping: Mapping, value: object) -> Mapping:
    return replace(mapping, columns=_by_use(value, "columns"))


def _constants(mapping: Mapping, value: object) -> Mapping:
    return replace(mapping, constants=_by_use(value, "constants"))


def _by_use(value: object, part: str) -> dict[Use, str]:
    told = {}
    for name, line, held in _each(value, part):
        with _at(line):
            told[use_named(name)] = _word(held)
    return told


def _answers(mapping: Mapping, value: object) -> Mapping:
    for name, line, held in _each(value, "answers"):
        with _at(line):
            mapping = mapping.with_words(meaning_named(name), _words(held))
    return mapping


def _events(mapping: Mapping, value: object) -> Mapping:
    if not isinstance(value, CommentedMap):
        raise Untrue("events are names and values, one a line.")
    return replace(mapping, events=_bare(value))


def _bare(value: object) -> Any:  # noqa: ANN401 -- free values, checked by who reads them
    if isinstance(value, CommentedMap):
        return {str(name): _bare(held) for name, held in value.items()}
    if isinstance(value, CommentedSeq):
        return [_bare(held) for held in value]
    return value


class _at:  # noqa: N801 -- reads as a word in `with _at(line)`
    """Adds the line to a mistake."""

    def __init__(self, line: int) -> None:
        self._line = line

    def __enter__(self) -> None:
        pass

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, Untrue) and not isinstance(error, _UntrueAt):
            raise _UntrueAt(str(error), self._line) from None


def _setting(name: str) -> Callable[[Mapping, object], Mapping]:
    return lambda mapping, value: mapping.with_setting(name, _word(value))


_PARTS: Final[dict[str, Callable[[Mapping, object], Mapping]]] = {
    "columns": _columns,
    "answers": _answers,
    **{name: _setting(name) for name in ("currency", *SETTINGS)},
    "facts": lambda mapping, value: replace(mapping, facts=_words(value)),
    "facts left out": lambda mapping, value: replace(mapping, facts_left_out=_words(value)),
    "automatic": lambda mapping, value: replace(mapping, automatic=_words(value)),
    "constants": _constants,
    "events": _events,
}
