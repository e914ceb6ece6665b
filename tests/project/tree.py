"""The project's own files, as the guards see them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ("council", "storage", "schedules", "handlers", "bot", "sandbox")
MADE = {"build", "dist", "__pycache__"}


def files(*places: str) -> Iterator[Path]:
    """Every file a person wrote under these places, or in the whole project."""
    for place in places or (".",):
        for path in sorted((ROOT / place).rglob("*")):
            if path.is_file() and not any(map(is_made, path.relative_to(ROOT).parts)):
                yield path


def is_made(name: str) -> bool:
    """Tell the tools' own folders and files, which start with a dot or are well known, from ours."""
    hidden = name.startswith(".") and name not in {".ci", ".gitignore", ".github"}
    return hidden or name in MADE or name.endswith(".egg-info")


def modules() -> list[str]:
    """The dotted names of all modules of the six rooms, packages by their own name."""
    paths = (path.relative_to(ROOT).with_suffix("") for path in files(*ROOMS) if path.suffix == ".py")
    return [".".join(path.parts).removesuffix(".__init__") for path in paths]


def text(path: Path) -> str:
    """The file's text; nothing for pictures and the like."""
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError:
        return ""
