"""Measured affinities."""
