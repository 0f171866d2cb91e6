"""A study: target, library and analyses, and every question asked of them."""
