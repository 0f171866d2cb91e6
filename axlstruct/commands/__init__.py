"""The commands, one function each; `axlstruct.cli` puts them together."""
