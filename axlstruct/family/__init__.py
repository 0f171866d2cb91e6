"""Relatives of the receptor, and what of it they keep."""
