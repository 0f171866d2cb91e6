"""The command ``axlstruct``, also as ``python -m axlstruct``: ready for signals before anything that takes time is loaded."""

from __future__ import annotations

import signal
import sys
from types import FrameType

_STOPS = ("SIGINT", "SIGTERM", "SIGHUP")


class Stopped(BaseException):
    """A signal to stop. No KeyboardInterrupt, which libraries take for a key pressed at a prompt of theirs."""


def main() -> None:
    """Run the command line; a signal to stop ends it with one word, after everything was cleaned up."""
    code = 130

    def stop(number: int, _: FrameType | None) -> None:
        nonlocal code
        if number != getattr(signal, "SIGALRM", None):
            code = 128 + number
            if hasattr(signal, "setitimer"):  # Python drops what is raised in a destructor: then it is raised once more
                signal.signal(signal.SIGALRM, stop)
                signal.setitimer(signal.ITIMER_REAL, 2.0, 2.0)
        raise Stopped

    for name in _STOPS:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:  # a shell may have told us to ignore it
            signal.signal(number, stop)
    try:
        from axlstruct.cli import main as run

        run()
    except (Stopped, KeyboardInterrupt):
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, 0)
        for name in _STOPS:
            if (number := getattr(signal, name, None)) is not None:
                signal.signal(number, signal.SIG_IGN)
        if sys.stderr is not None:
            sys.stderr.write("axlstruct: stopped\n")
        sys.exit(code)


if __name__ == "__main__":
    main()
