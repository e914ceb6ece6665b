"""The script at the root: what it prepares, when it prepares it anew, and what it passes on."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
import threading
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType

import pytest

from tests.project.tree import ROOT


@pytest.fixture
def door(tmp_path: Path) -> ModuleType:
    """The script of a fresh clone that has no environment yet."""
    for name in ("tiebreak", "pyproject.toml", "constraints.txt"):
        shutil.copy(ROOT / name, tmp_path)
    loader = SourceFileLoader("front_door", str(tmp_path / "tiebreak"))
    spec = spec_from_loader(loader.name, loader)
    assert spec is not None
    script = module_from_spec(spec)
    loader.exec_module(script)
    return script


def furnish(door: ModuleType) -> None:
    door.PYTHON.parent.mkdir(parents=True)
    door.PYTHON.symlink_to(sys.executable)
    (door.VENV / "tiebreak.stamp").write_text(door.stamp())


def test_a_fresh_clone_needs_an_environment(door: ModuleType) -> None:
    """Nothing there yet: it has to be made; once made, it is left alone."""
    assert not door.is_current()
    furnish(door)
    assert door.is_current()


@pytest.mark.parametrize("name", ["pyproject.toml", "constraints.txt"])
def test_other_dependencies_ask_for_a_new_environment(door: ModuleType, name: str) -> None:
    """After a pull that changes what is needed, the next start prepares it."""
    furnish(door)
    with (door.ROOT / name).open("a") as text:
        text.write("# another line\n")
    assert not door.is_current()


def test_an_environment_without_its_python_is_not_used(door: ModuleType) -> None:
    """The system's Python was replaced and the link leads nowhere: start afresh."""
    furnish(door)
    door.PYTHON.unlink()
    door.PYTHON.symlink_to(door.ROOT / "gone")
    assert not door.is_current()


def test_two_starts_at_once_prepare_one_after_the_other(door: ModuleType) -> None:
    """The second start waits until the first is done."""
    order: list[str] = []
    waiting = threading.Event()

    def second() -> None:
        waiting.set()
        with door.alone():
            order.append("second")

    with door.alone():
        other = threading.Thread(target=second)
        other.start()
        waiting.wait()
        other.join(0.05)
        order.append("first")
    other.join()
    assert order == ["first", "second"]


def test_scripts_are_told_their_final_place(door: ModuleType) -> None:
    """The environment is built beside the old one; its scripts must name the place it moves to."""
    new = door.ROOT / ".venv.new"
    (new / door.BIN).mkdir(parents=True)
    script = new / door.BIN / "mypy"
    script.write_text(f"#!{new}/bin/python\nprint()\n")
    door.settle(new)
    assert script.read_text() == f"#!{door.VENV}/bin/python\nprint()\n"


def test_a_failed_attempt_keeps_the_old_environment(door: ModuleType) -> None:
    """When a package cannot be had, what worked before still works."""
    furnish(door)
    (door.ROOT / "pyproject.toml").write_text("this is no project")
    done = subprocess.run(
        [sys.executable, str(door.ROOT / "tiebreak"), "--help"],
        env={"PATH": "", "PIP_NO_INDEX": "1", "UV_OFFLINE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "could not prepare the environment" in done.stderr
    assert door.PYTHON.exists()


def start(door: ModuleType, *words: str, failing: str = "nothing") -> tuple[int, list[str]]:
    """Start the script from another folder, with a Python that only repeats what it is asked."""
    (door.VENV / door.BIN).mkdir(parents=True)
    door.PYTHON.write_text(f'#!/bin/sh\necho "$*"\ncase "$*" in *{failing}*) exit 7; esac\n')
    door.PYTHON.chmod(0o755)
    (door.VENV / "tiebreak.stamp").write_text(door.stamp())
    command = [sys.executable, str(door.ROOT / "tiebreak"), *words]
    done = subprocess.run(command, cwd=door.VENV, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout.splitlines()


def test_words_are_passed_on(door: ModuleType) -> None:
    """What follows `./tiebreak` reaches the program as it was written."""
    assert start(door, "demo", "--port", "9000") == (0, ["-P -m bot demo --port 9000"])


def test_test_runs_every_check_and_the_tests_last(door: ModuleType) -> None:
    """Lint, format, types, imports, tests: the last line to be seen is pytest's own summary."""
    code, asked = start(door, "test")
    telling = ["ruff check", "ruff format --check", "mypy", "importlinter", "pytest -n 2"]
    assert code == 0
    assert [word in line for word, line in zip(telling, asked, strict=True)] == [True] * 5


def test_test_stops_at_the_first_failure(door: ModuleType) -> None:
    """What comes after a failed check is not run, and the failure is handed on."""
    code, asked = start(door, "test", failing="mypy")
    assert (code, asked[-1], len(asked)) == (7, "-m mypy", 3)


def test_words_after_test_go_to_pytest_alone(door: ModuleType) -> None:
    """`./tiebreak test tests/council -x` runs just these tests."""
    assert start(door, "test", "tests/council", "-x") == (0, ["-m pytest tests/council -x"])


def test_an_old_python_gets_a_sentence(door: ModuleType) -> None:
    """The script can be read by Pythons it does not support, so that they can say so."""
    ast.parse((door.ROOT / "tiebreak").read_text(), feature_version=(3, 8))
