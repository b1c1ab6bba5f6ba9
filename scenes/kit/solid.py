"""Round things seen from above: ellipsoids in one light from the north-west, for sheets drawn in setup."""

import numpy as np

from engine import Canvas

LIGHT = np.array([-0.52, -0.58, 0.63])
HALF = np.array([-0.29, -0.32, 0.90])  # halfway between that light and the eye above


def solid(scale, size, parts, *, gloss=0.0, sharp=24):
    """A sheet `size` design units square of ellipsoids, nearest to the eye in front.

    parts   (x, y, z, rx, ry, rz, turn, (r, g, b)): middle from the sheet's middle, half axes, turn in radians
    """
    side = max(3, round(size * scale))
    at = (np.arange(side) + 0.5) / scale - size / 2
    x, y = at[None, :], at[:, None]
    top = np.full((side, side), -1e6)
    colour, normal, cover = np.zeros((side, side, 3)), np.zeros((side, side, 3)), np.zeros((side, side))
    for px, py, pz, rx, ry, rz, turn, rgb in parts:
        reach = max(rx, ry) + 1.5 / scale
        i0, i1 = (int(np.clip((px + s * reach + size / 2) * scale + (s > 0), 0, side)) for s in (-1, 1))
        j0, j1 = (int(np.clip((py + s * reach + size / 2) * scale + (s > 0), 0, side)) for s in (-1, 1))
        here = slice(j0, j1), slice(i0, i1)
        dx, dy = x[:, i0:i1] - px, y[j0:j1] - py
        c, s = np.cos(turn), np.sin(turn)
        u, v = (dx * c + dy * s) / rx, (-dx * s + dy * c) / ry
        rho = np.hypot(u, v)
        up = np.sqrt(np.clip(1 - rho**2, 0.0, 1))
        cover[here] = np.maximum(cover[here], np.clip((1 - rho) * min(rx, ry) * scale + 0.5, 0, 1))
        front = (rho < 1) & (pz + rz * up > top[here])
        top[here][front] = (pz + rz * up)[front]
        colour[here][front] = rgb
        n = np.stack([u / rx * c - v / ry * s, u / rx * s + v / ry * c, up / rz], -1)
        normal[here][front] = n[front]
    normal /= np.maximum(np.linalg.norm(normal, axis=-1, keepdims=True), 1e-6)
    lit = 0.16 + 0.9 * np.clip(normal @ LIGHT, 0, None)
    shine = gloss * np.clip(normal @ HALF, 0, None) ** sharp
    return sheet(scale, np.clip(colour * lit[..., None] + 255 * shine[..., None], 0, 255), cover)


def sheet(scale, rgb, cover):
    """A premultiplied picture of colours (h, w, 3) 0..255 under a cover (h, w) 0..1."""
    out = Canvas(cover.shape[::-1], scale=scale, clear=True)
    out.px[..., :3] = (rgb * cover[..., None])[..., ::-1].astype(np.uint8)
    out.px[..., 3] = (255 * cover).astype(np.uint8)
    return out


def shadow(scale, radius, *, dark=0.6, soft=0.5):
    """A round soft shadow as a sheet."""
    reach = radius * (1 + soft)
    side = max(3, round(2 * reach * scale))
    at = ((np.arange(side) + 0.5) / side * 2 - 1) * (1 + soft)
    rho = np.hypot(at[None, :], at[:, None])
    share = np.clip((1 + soft - rho) / (2 * soft), 0, 1)
    return sheet(scale, np.zeros((side, side, 3)), dark * share**2 * (3 - 2 * share))


def glow(scale, radius, rgb):
    """A round light to add."""
    side = max(3, round(2 * radius * scale))
    at = (np.arange(side) + 0.5) / side * 2 - 1
    rho2 = at[None, :] ** 2 + at[:, None] ** 2
    share = np.clip(np.exp(-5 * rho2) - np.exp(-5), 0, 1)
    return sheet(scale, np.broadcast_to(rgb, (side, side, 3)), share)
