"""Pictures of the demo's procedures, drawn here: plain and small, and nobody's photo."""

from __future__ import annotations

import io
from math import cos, radians, sin
from typing import Final

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from remit.core.clean_files import CleanFile, clean_files

_SIZE: Final = (720, 440)
_WOOD, _DARK, _WHITE, _RIM = (201, 163, 118), (92, 70, 48), (252, 250, 245), (222, 214, 200)
_GREEN, _RED = (13, 107, 87), (179, 38, 30)

TEN_MINUTES: Final = "A clock on the pass: the hand stands ten minutes after the order came, in green."
ALLERGY_PLATE: Final = "Two plates on the pass: the one for a guest with an allergy has a red rim and a flag."


def ten_minutes() -> CleanFile:
    """A clock, with the ten minutes until a guest is told."""
    image, draw = _table()
    x, y, radius = 360, 210, 165
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=_WHITE, outline=_DARK, width=8)
    draw.pieslice((x - 140, y - 140, x + 140, y + 140), -90, -30, fill=(183, 220, 207))
    for hour in range(12):
        at = radians(hour * 30)
        draw.line(
            (x + 140 * cos(at), y + 140 * sin(at), x + 155 * cos(at), y + 155 * sin(at)), _DARK, width=6
        )
    for angle, length, color, width in ((-90, 120, _DARK, 6), (-30, 130, _GREEN, 10)):
        at = radians(angle)
        draw.line((x, y, x + length * cos(at), y + length * sin(at)), color, width=width)
    draw.ellipse((x - 10, y - 10, x + 10, y + 10), fill=_DARK)
    return _sent(image, "ten-minutes.png")


def allergy_plate() -> CleanFile:
    """Two plates, of which one is marked."""
    image, draw = _table()
    for x, rim in ((200, _RIM), (520, _RED)):
        draw.ellipse((x - 135, 90, x + 135, 360), fill=_WHITE, outline=rim, width=16)
        draw.ellipse((x - 85, 140, x + 85, 310), fill=_WHITE, outline=_RIM, width=3)
        draw.ellipse((x - 50, 180, x + 15, 245), fill=(120, 150, 80))
        draw.ellipse((x - 10, 205, x + 55, 270), fill=(196, 120, 60))
    draw.line((520, 225, 520, 60), _DARK, width=5)
    draw.polygon(((522, 60), (600, 82), (522, 108)), fill=_RED)
    return _sent(image, "allergy-plate.png")


def _table() -> tuple[Image.Image, ImageDraw.ImageDraw]:
    image = Image.new("RGB", _SIZE, _WOOD)
    draw = ImageDraw.Draw(image)
    for line in range(55, _SIZE[1], 55):
        draw.line((0, line, _SIZE[0], line), (188, 149, 104), width=3)
    return image, draw


def _sent(image: Image.Image, name: str) -> CleanFile:
    out = io.BytesIO()
    image.save(out, "PNG")
    (clean,) = clean_files([SimpleUploadedFile(name, out.getvalue(), "image/png")])
    return clean
