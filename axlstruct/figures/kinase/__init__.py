"""The kinase figure."""
