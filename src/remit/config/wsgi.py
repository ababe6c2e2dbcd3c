"""The application for a web server (WSGI)."""

from __future__ import annotations

import gc
import os

from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "remit.config.settings")


def _loaded() -> WSGIHandler:
    """The application with all of its pages, before the first of them is asked for.

    What is loaded stays for good. Looking through it for garbage again and again took a quarter of the time
    of pages, and came in the middle of them: https://docs.python.org/3/library/gc.html#gc.freeze
    """
    handler = get_wsgi_application()
    _ = get_resolver().url_patterns
    gc.collect()
    gc.freeze()
    return handler


application = _loaded()
