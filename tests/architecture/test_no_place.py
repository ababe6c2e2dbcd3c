"""The repository works anywhere: no file names a host that serves packages, or a folder of some machine."""

import re

import pytest
from repository import files, named

# Hosts are spelled in parts, or this file would be its own first finding.
HOSTS = [
    ".".join(parts)
    for parts in [
        ("pypi", "org"),
        ("files", "pythonhosted", "org"),
        ("registry", "npmjs", "org"),
        ("deb", "debian", "org"),
    ]
]
FOLDERS = [f"/{name}/" for name in ("work", "root", "home", "Users")]
PLACES = re.compile(
    rb"(?<![\w.-])(?:%s)|%s"
    % (
        b"|".join(re.escape(folder.encode()) for folder in FOLDERS),
        b"|".join(re.escape(host.encode()) for host in HOSTS),
    )
)


def test_no_file_names_a_place():
    found = [
        f"{named(path)}:{number} {line[:100].decode(errors='replace')}"
        for path in files()
        for number, line in enumerate(path.read_bytes().splitlines(), 1)
        if PLACES.search(line)
    ]
    assert found == []


@pytest.mark.parametrize(
    "place",
    [*(f"--index-url https://{host}/" for host in HOSTS), *(f"open({folder!r})" for folder in FOLDERS)],
)
def test_a_place_is_found(place):
    assert PLACES.search(place.encode())


@pytest.mark.parametrize("harmless", ["../work/plan.md", "example.org/home/", "/workshop/", "homework/"])
def test_what_only_looks_like_a_place_is_left_alone(harmless):
    assert not PLACES.search(harmless.encode())
