"""What is shipped: a wheel that carries everything and works where there is no checkout."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.project.tree import ROOMS, ROOT, files


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy, because setuptools leaves its own files in the tree it builds from."""
    copy = tmp_path_factory.mktemp("source")
    for path in [*files(*ROOMS), ROOT / "pyproject.toml", ROOT / "LICENSE"]:
        target = copy / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    run("-m", "build", "--wheel", "--no-isolation", "--outdir", str(copy / "dist"), str(copy))
    [built] = (copy / "dist").glob("tiebreak-*.whl")
    return built


def run(*words: str, cwd: Path | None = None, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, *words],
        cwd=cwd,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_wheel_carries_every_file_of_the_rooms(wheel: Path) -> None:
    """Texts, the page and the migrations travel with the code."""
    ours = {path.relative_to(ROOT).as_posix() for path in files(*ROOMS)}
    assert ours - set(ZipFile(wheel).namelist()) == set()


def test_the_installed_program_answers(wheel: Path, tmp_path: Path) -> None:
    """Installed elsewhere, away from the checkout, the program says what it can do."""
    place = tmp_path / "installed"
    run("-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", str(place), str(wheel))
    code = "import bot; print(bot.__file__)"
    assert run("-c", code, cwd=tmp_path, PYTHONPATH=str(place)).startswith(str(place))
    assert "Usage" in run("-m", "bot", "--help", cwd=tmp_path, PYTHONPATH=str(place))


def test_the_installed_program_finds_its_manifest(wheel: Path, tmp_path: Path) -> None:
    """`tiebreak check` knows the app's scopes although there is no checkout around it."""
    place = tmp_path / "installed"
    run("-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", str(place), str(wheel))
    code = "from bot.check import MANIFEST; print(MANIFEST.read_text())"
    assert "channels:join" in run("-c", code, cwd=tmp_path, PYTHONPATH=str(place))
    checked = subprocess.run(
        [sys.executable, "-m", "bot", "check"],
        cwd=tmp_path,
        env={
            **os.environ,
            "PYTHONPATH": str(place),
            "DATABASE_URL": f"sqlite:///{tmp_path / 'none.sqlite3'}",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 1
    assert "SLACK_BOT_TOKEN" in checked.stdout + checked.stderr
    assert "Traceback" not in checked.stderr
