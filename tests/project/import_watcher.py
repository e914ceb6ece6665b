"""Import modules of a folder in a process of their own and print what they did meanwhile.

Usage: python -P import_watcher.py <folder> <module>…
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType

WATCHED = ("open", "os.", "socket.", "subprocess.", "sqlite3.", "shutil.", "tempfile.", "_thread.", "urllib.")
IMPORTING = "<frozen importlib"


def main(folder: Path, names: list[str]) -> None:
    sys.path.insert(0, str(folder))
    deeds: dict[str, None] = {}

    def notice(deed: str) -> None:
        if doer := at_fault(folder, sys._getframe(1)):
            deeds[f"{doer}: {deed}"] = None

    watch_environment(notice)
    sys.addaudithook(lambda event, _: notice(event) if event.startswith(WATCHED) else None)
    for name in names:
        importlib.import_module(name)
    for deed in list(deeds):
        print(deed)


def at_fault(folder: Path, frame: FrameType | None) -> str | None:
    """The module of the folder whose own import did it; nobody, when a library did it at its import."""
    while frame is not None:
        name = frame.f_code.co_filename
        if name.startswith(IMPORTING):
            return None
        path = Path(name)
        if path.is_relative_to(folder) and ".venv" not in path.parts and path != Path(__file__):
            return str(path.relative_to(folder))
        frame = frame.f_back
    return None


def watch_environment(notice: Callable[[str], None]) -> None:
    """Reading a variable raises no audit event, so this process's environment tells of it itself."""
    kind = type(os.environ)
    read = kind.__getitem__

    def told(self: os._Environ[str], key: str) -> str:
        notice(f"environment {key}")
        return read(self, key)

    kind.__getitem__ = told  # type: ignore[method-assign]


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
