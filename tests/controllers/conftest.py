"""Fixtures for everything that is plugged in."""

from jack import jack, plug  # noqa: F401
