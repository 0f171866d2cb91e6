"""``python -m axlstruct``."""

from axlstruct.cli import main

main()
