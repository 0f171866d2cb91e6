"""The whole receptor as a hypothesis: a model laid on what was seen, with all that contradicts it."""
