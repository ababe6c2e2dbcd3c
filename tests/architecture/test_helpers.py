"""A helper that tests import by its bare name is the only one of that name.

Python keeps the first module of a name that it loads: with two, the tests of one folder get the helper of
another, but only when both folders run, in whichever order that was. Folders that are packages are left out:
nothing in them has a bare name.
"""

import ast
from collections import defaultdict

from repository import ROOT, files, named


def test_helpers_imported_by_their_bare_name_have_one_of_their_own():
    tests = [path for path in files() if path.suffix == ".py" and path.is_relative_to(ROOT / "tests")]
    of_name = defaultdict(list)
    for path in tests:
        if not (path.parent / "__init__.py").exists():
            of_name[path.stem].append(named(path))
    imported = {name for path in tests for name in _imported(ast.parse(path.read_bytes()))}
    shared = {name: of_name[name] for name in imported if len(of_name.get(name, ())) > 1}
    assert imported & of_name.keys(), "no helper was found: the check looks in the wrong place"
    assert shared == {}


def _imported(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and not node.level:
            yield node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
