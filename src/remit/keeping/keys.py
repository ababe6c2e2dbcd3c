"""The keys that lie beside the database, and telling whether a secret key is the one of a backup.

The secret key opens what is sealed (keys of payment providers, passwords of mailboxes) and signs sessions and
links in mails. The push key is how browsers know this Remit. Without them a backup opens nothing elsewhere.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from remit.keeping.archive import Archive, Writing
from remit.keeping.manifest import KEYS

SECRET_KEY: Final = "secret-key"  # noqa: S105 (the name of a file)
_FILES: Final = (SECRET_KEY, "push-key.pem")


def mark_of(secret: str) -> str:
    """A mark of a secret key: the same for the same one, and nothing else can be learned from it."""
    derived = HKDF(algorithm=hashes.SHA256(), length=16, salt=None, info=b"remit.keeping.mark")
    return derived.derive(secret.encode()).hex()


def pack_keys(writing: Writing) -> None:
    """Write the keys of this Remit; the secret one also where it was given by the environment."""
    for name in _FILES:
        content = _content(name)
        if content:
            with writing.part(f"{KEYS}{name}") as part:
                part.write(content)
                part.count = 1


def unpack_keys(archive: Archive, folder: Path) -> list[str]:
    """Write the keys of a backup into a folder, readable by their owner alone; their names."""
    names = []
    for part in archive.manifest.parts:
        name = part.name.removeprefix(KEYS)
        if part.name.startswith(KEYS) and name in _FILES:
            with archive.part(part.name) as stream:
                _write(folder / name, stream.read())
            names.append(name)
    return names


def _content(name: str) -> bytes:
    if name == SECRET_KEY:
        return str(settings.SECRET_KEY).encode()
    path = Path(settings.DATA) / name
    return path.read_bytes() if path.exists() else b""


def _write(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
