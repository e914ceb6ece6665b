"""Importing a module must do nothing: no door opened, no file read, no setting looked up."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.project.tree import ROOMS, ROOT, modules

WATCHER = Path(__file__).with_name("import_watcher.py")


def deeds(place: Path, names: list[str]) -> list[str]:
    """What happens on importing these modules of the place, each in the same fresh process."""
    words = [sys.executable, "-P", str(WATCHER), str(place), *names]
    watched = subprocess.run(words, capture_output=True, text=True, check=False, timeout=120)
    assert watched.returncode == 0, watched.stderr
    return watched.stdout.splitlines()


def test_importing_any_module_does_nothing() -> None:
    """All modules of the six rooms can be imported without a socket, a file, a process or a setting."""
    names = modules()
    assert {name.split(".")[0] for name in names} == set(ROOMS)
    assert deeds(ROOT, names) == []


def test_the_watcher_sees_what_a_module_does(tmp_path: Path) -> None:
    """A module that reads a setting, a file and opens a socket while it is imported is told on."""
    (tmp_path / "busy.py").write_text(
        "import os, socket\nHOME = os.getenv('HOME')\nTEXT = open(__file__).read()\nDOOR = socket.socket()\n"
    )
    (tmp_path / "calm.py").write_text("import os\n\ndef home():\n    return os.environ['HOME']\n")
    seen = deeds(tmp_path, ["busy", "calm"])
    assert {deed.split(": ")[1] for deed in seen} == {"environment HOME", "open", "socket.__new__"}
    assert {deed.split(":")[0] for deed in seen} == {"busy.py"}
