"""The key that signs sessions and links, kept beside the database where nobody gives one."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def kept_secret(folder: Path) -> str:
    """The key kept in a folder; made there, readable by its owner alone, when there is none.

    Args:
        folder: of the data; made when it is missing.
    """
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "secret-key"
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text(encoding="ascii").strip()
    with os.fdopen(descriptor, "w", encoding="ascii") as new:
        new.write(secrets.token_urlsafe(50))
    return file.read_text(encoding="ascii").strip()
