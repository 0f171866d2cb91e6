"""A study: target, library and analyses, and every question asked of them. Nothing is imported before it is used."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from axlstruct.study.facade import Study, load

__all__ = ["Study", "load"]


def __getattr__(name: str) -> Any:
    if name in __all__:
        return getattr(import_module("axlstruct.study.facade"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
