"""One study -> one self-contained HTML page: tables, tracks and structures linked by residue, without any request."""
