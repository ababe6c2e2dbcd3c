"""Puts the gallery in the place of the real addresses."""

from copy import deepcopy
from pathlib import Path

FOLDER = Path(__file__).parent / "templates"


def show_gallery(settings):
    """Change pytest-django's settings so that the gallery can be asked for."""
    settings.ROOT_URLCONF = "tests.app.gallery.pages"
    templates = deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"] = [*templates[0]["DIRS"], FOLDER]
    settings.TEMPLATES = templates
