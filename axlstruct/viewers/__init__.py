"""A scene elsewhere."""
