"""The command ``axlstruct``, also as ``python -m axlstruct``: ready for signals before anything that takes time is loaded."""

from __future__ import annotations

import signal
import sys
from types import FrameType

_STOPS = ("SIGINT", "SIGTERM", "SIGHUP")


class Stopped(BaseException):
    """A signal to stop. No KeyboardInterrupt, which libraries take for a key pressed at a prompt of theirs."""


def _loads_extension(frame: FrameType | None) -> bool:
    """Whether compiled code is being loaded: some of it ends the process at an exception that it does not expect."""
    while frame is not None:
        if type(frame.f_locals.get("self")).__name__ == "ExtensionFileLoader":
            return True
        frame = frame.f_back
    return False


def main() -> None:
    """Run the command line; a signal to stop ends it with one word, after everything was cleaned up."""
    code = 130

    def stop(number: int, frame: FrameType | None) -> None:
        nonlocal code
        if number != getattr(signal, "SIGALRM", None):
            code = 128 + number
        if hasattr(signal, "setitimer"):
            loading = _loads_extension(frame)
            signal.signal(signal.SIGALRM, stop)
            signal.setitimer(signal.ITIMER_REAL, 0.02 if loading else 2.0, 2.0)  # again: Python drops what a destructor raises
            if loading:
                return
        raise Stopped

    for name in _STOPS:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:  # a shell may have told us to ignore it
            signal.signal(number, stop)
    told = sys.unraisablehook
    sys.unraisablehook = lambda dropped: None if issubclass(dropped.exc_type, Stopped) else told(dropped)
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
