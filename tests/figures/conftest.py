"""Fixtures of the figures' tests."""

from artists import figure, residues  # noqa: F401
