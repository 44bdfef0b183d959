"""The ruled lines of a scanned page, found by wearing away everything shorter; the page is turned straight before."""

from dataclasses import dataclass, field
from statistics import median
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
from numpy.typing import NDArray

from cchc_tasks.adapters.documents.prints.ruled_tables import Rule

if TYPE_CHECKING:
    from PIL.Image import Image

Dots = NDArray[np.uint8]
Box = tuple[float, float, float, float]  # left, top, right, bottom, in points


@dataclass(slots=True)
class Picture:
    """A page's dots, dark on white, and its ruled lines in points: `scale` points a dot."""

    dots: Dots
    scale: float
    lying: list[Rule] = field(default_factory=list)
    standing: list[Rule] = field(default_factory=list)

    def blank(self, box: Box) -> None:
        """Make a part of the page white."""
        left, top, right, bottom = self._dots(box)
        self.dots[max(top - _AROUND, 0) : bottom + _AROUND, max(left - _AROUND, 0) : right + _AROUND] = _WHITE

    def part(self, box: Box) -> "Image | None":
        """A part of the page in a white frame; None where hardly anything is printed in it."""
        from PIL import Image

        left, top, right, bottom = self._dots(box)
        dots = self.dots[max(top, 0) : bottom, max(left, 0) : right]
        if (dots < _DARK).sum() < _LEAST_INK:
            return None
        return Image.fromarray(np.pad(dots, _FRAME, constant_values=_WHITE))

    def across(self, box: Box, dot: int) -> float:
        """How far from the page's left edge a dot of a part lies, in points."""
        return (dot - _FRAME) * self.scale + box[0]

    def down(self, box: Box, dot: int) -> float:
        """How far from the page's top a dot of a part lies, in points."""
        return (dot - _FRAME) * self.scale + box[1]

    def _dots(self, box: Box) -> tuple[int, int, int, int]:
        left, top, right, bottom = (round(length / self.scale) for length in box)
        return left, top, right, bottom


def picture_of(image: "Image", scale: float) -> Picture:
    """The page, straight, with its ruled lines found and taken out of the picture."""
    dots: Dots = np.array(image, dtype=np.uint8)
    dots = _straight(dots)
    ink = _ink(dots)
    least = max(round(_LEAST_LENGTH / scale), 8)
    lying, standing = _worn(ink, (least, 1)), _worn(ink, (1, least))
    for x, y, across, down in (*_boxes(lying), *_boxes(standing)):
        dots[max(y - _BESIDE, 0) : y + down + _BESIDE, max(x - _BESIDE, 0) : x + across + _BESIDE] = _WHITE
    return Picture(
        dots,
        scale,
        [Rule((y + height / 2) * scale, x * scale, (x + width) * scale) for x, y, width, height in _boxes(lying)],
        [Rule((x + width / 2) * scale, y * scale, (y + height) * scale) for x, y, width, height in _boxes(standing)],
    )


_WHITE = 255
_AROUND = 4  # dots
_BESIDE = 3  # dots of a ruled line that are pale, or stand out from it
_FRAME = 12  # dots
_DARK = 128
_LEAST_INK = 12  # dark dots; fewer are dirt
_LEAST_LENGTH = 16.0  # points: longer than the stems of letters, shorter than a row is high
_MOST_TURN = 5.0  # degrees a page may lie askew
_LEAST_TURN = 0.1


def _ink(dots: Dots) -> Dots:
    _, ink = cv2.threshold(dots, 0, _WHITE, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    return np.asarray(ink, dtype=np.uint8)


def _worn(ink: Dots, shape: tuple[int, int]) -> Dots:
    """What is left of the ink when all is taken away that has no line of this shape in it."""
    kernel = cv2.getStructuringElement(cv2.MORPH_RECT, shape)
    return np.asarray(cv2.morphologyEx(ink, cv2.MORPH_OPEN, kernel), dtype=np.uint8)


def _boxes(lines: Dots) -> list[tuple[int, int, int, int]]:
    found, _ = cv2.findContours(lines, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    boxes: list[Any] = [cv2.boundingRect(one) for one in found]
    return [(int(x), int(y), int(width), int(height)) for x, y, width, height in boxes]


def _straight(dots: Dots) -> Dots:
    """The page turned so that its long lines lie level."""
    height, width = dots.shape
    found = cv2.HoughLinesP(_ink(dots), 1, np.pi / 1800, 200, minLineLength=width // 4, maxLineGap=8)
    if found is None:
        return dots
    turns = [float(np.degrees(np.arctan2(y1 - y0, x1 - x0))) for x0, y0, x1, y1 in found.reshape(-1, 4)]
    level = [turn for turn in turns if abs(turn) < _MOST_TURN]
    turn = median(level) if level else 0.0
    if abs(turn) < _LEAST_TURN:
        return dots
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), turn, 1.0)
    turned = cv2.warpAffine(dots, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=(_WHITE,))
    return np.asarray(turned, dtype=np.uint8)
