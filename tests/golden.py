"""Golden frames: a picture is compared with the approved one; a sheet shows what differs."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np

HERE = Path(__file__).resolve().parent
GOLDEN = HERE / "golden"
FAILED = HERE / "failed"
TOLERANCE = 3  # of 255, per channel: rounding differs a little between processors
STRAY = 0.002  # share of values that may differ more, for the same reason


class NotGolden(AssertionError):
    """The picture is not the approved one."""


def compare(
    name: str, picture: np.ndarray, *, regold: bool, golden: Path = GOLDEN, failed: Path = FAILED
) -> None:
    """Compare a (h, w, 3) BGR picture with golden/NAME.png; a failure leaves a sheet in failed/."""
    path = golden / f"{name}.png"
    if regold:
        golden.mkdir(parents=True, exist_ok=True)
        cv2.imwrite(str(path), picture, [cv2.IMWRITE_PNG_COMPRESSION, 9])
        return
    if not path.is_file():
        raise NotGolden(f"{path} is missing; look at the picture, then run: make regold")
    wanted = cv2.imread(str(path), cv2.IMREAD_COLOR)
    if wanted.shape == picture.shape:
        off = np.abs(wanted.astype(int) - picture.astype(int))
        if (off > TOLERANCE).mean() <= STRAY:
            return
    sheet = failed / f"{name}.png"
    failed.mkdir(parents=True, exist_ok=True)
    cv2.imwrite(str(sheet), side_by_side(picture, wanted))
    raise NotGolden(f"{name} differs from the approved picture; see {sheet} (got, wanted, difference)")


def side_by_side(got: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """Pictures in a row, whatever their sizes; the third is their difference, where they have one."""
    height = max(got.shape[0], wanted.shape[0])
    pictures = [got, wanted]
    if got.shape == wanted.shape:
        pictures.append(np.clip(np.abs(got.astype(int) - wanted.astype(int)) * 8, 0, 255).astype(np.uint8))
    return np.hstack([_padded(picture, height) for picture in pictures])


def _padded(picture: np.ndarray, height: int) -> np.ndarray:
    below = np.full((height - picture.shape[0], picture.shape[1], 3), 128, np.uint8)
    return np.hstack([np.vstack([picture, below]), np.full((height, 4, 3), 128, np.uint8)])
