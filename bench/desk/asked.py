"""Says what is looked for and which complaints are opened, for whoever shows the same: JSON."""

from __future__ import annotations

import json
import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "remit.config.settings")
django.setup()

from bench.desk.pages import longest, looked_for, usual  # noqa: E402 (only once Django is set up)


def main() -> None:
    """Print it."""
    complaint = usual()
    texts = {
        words: q for words, q in looked_for(complaint).items() if not words.endswith(("open ones", "number"))
    }
    print(json.dumps({"texts": texts, "tickets": {"usual": complaint.pk, "longest": longest().pk}}))


if __name__ == "__main__":
    main()
