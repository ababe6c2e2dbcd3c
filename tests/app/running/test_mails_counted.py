"""All work that ends in a mail is among the mails that wait, also work that is added later."""

import ast
from functools import cache
from pathlib import Path

import pytest

import remit
from remit.watching.figures import MAIL_JOBS

pytestmark = pytest.mark.once

SOURCES = Path(remit.__file__).parent
DOOR = ("remit.notices.mail", "send_mail")
"""The only one through which mail leaves: `test_mail_leaves_by_one_door`."""


@cache
def tree(module):
    """The source of a module of Remit as a tree; None for any other module, or none at all."""
    path = SOURCES.parent.joinpath(*module.split("."))
    file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    return ast.parse(file.read_text("utf-8")) if module.startswith("remit.") and file.exists() else None


@cache
def imported(module):
    """Where each name that a module imports comes from: module and name."""
    return {
        each.asname or each.name: (found.module, each.name)
        for found in ast.walk(tree(module))
        if isinstance(found, ast.ImportFrom) and found.module
        for each in found.names
    }


def is_task(definition):
    return any("task" in ast.unparse(each) for each in definition.decorator_list)


@cache
def defined(module):
    """What a module defines at its top, by name."""
    kinds = ast.FunctionDef | ast.ClassDef
    return {each.name: each for each in tree(module).body if isinstance(each, kinds)}


def named_in(module, definition):
    """What a definition names of Remit's own: module and name of each."""
    for each in ast.walk(definition):
        if isinstance(each, ast.Name):
            yield imported(module).get(each.id, (module, each.id))
        elif isinstance(each, ast.Attribute) and isinstance(each.value, ast.Name):
            package, name = imported(module).get(each.value.id, ("", ""))
            yield (f"{package}.{name}", each.attr)


def mails(start):
    """Whether a task comes to the door by itself; what it hands to another task is that one's."""
    seen, ahead = set(), [start]
    while ahead:
        module, name = ahead.pop()
        if (module, name) == DOOR:
            return True
        if (module, name) in seen or tree(module) is None:
            continue
        seen.add((module, name))
        definition = defined(module).get(name)
        if definition is None:
            ahead += [imported(module)[name]] if name in imported(module) else []
        elif (module, name) == start or not is_task(definition):
            ahead += named_in(module, definition)
    return False


def tasks():
    """Every task, as module and name."""
    for file in sorted(SOURCES.rglob("*.py")):
        if "@task" in file.read_text("utf-8"):
            module = ".".join(("remit", *file.relative_to(SOURCES).with_suffix("").parts))
            yield from ((module, name) for name, each in defined(module).items() if is_task(each))


def test_all_work_that_ends_in_a_mail_is_counted():
    found = {f"{module}.{name}" for module, name in tasks() if mails((module, name))}
    assert found == MAIL_JOBS, "say it in remit.watching.figures.MAIL_JOBS"


def test_mail_leaves_by_one_door():
    """Nothing else in Remit knows Django's mail, or speaks to a mail server by itself."""
    knows = {
        file.relative_to(SOURCES).as_posix()
        for file in SOURCES.rglob("*.py")
        if any(
            isinstance(each, ast.ImportFrom) and (each.module or "").startswith("django.core.mail")
            for each in ast.walk(ast.parse(file.read_text("utf-8")))
        )
        or "smtplib.SMTP(" in file.read_text("utf-8")
    }
    assert knows == {"notices/mail.py"}
