"""The order of the house: short files, short functions, telling names, and nothing of one machine."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from statistics import median, quantiles

import pytest

from tests.project.tree import ROOMS, ROOT, files, text

SOURCES = {".py", ".js", ".css", ".html", ".j2"}
PLACES_WITHOUT_ADDRESSES = {"pyproject.toml", "constraints.txt", "tiebreak", "run", "uv.toml", "pip.conf"}
REGISTRY = re.compile(r"//[\w.-]*(pypi|pythonhosted|npmjs|registry|mirror|artifactory|nexus)", re.IGNORECASE)
MACHINE = re.compile(r"(?<![\w./>}~-])/(home|Users|root|work|workspaces?|mnt|builds)/[\w.]")
VAGUE = {"util", "utils", "helper", "helpers", "manager", "service", "services", "common", "misc"}


def names(paths: Iterator[Path]) -> list[str]:
    return [str(path.relative_to(ROOT)) for path in paths]


def test_no_file_is_longer_than_400_lines() -> None:
    """A file that does not fit in a head is two files; other people's files in `vendor` are left alone."""
    ours = (p for p in files() if (p.suffix in SOURCES or p.name == "tiebreak") and "vendor" not in p.parts)
    assert names(p for p in ours if len(text(p).splitlines()) > 400) == []


def test_functions_fit_on_a_screen() -> None:
    """Half of the functions have at most 9 lines, and 19 of 20 at most 40."""
    lengths = list(function_lengths())
    assert median(lengths) <= 9
    assert quantiles(lengths, n=20)[-1] <= 40


def function_lengths() -> Iterator[int]:
    for path in files(*ROOMS):
        if path.suffix == ".py":
            for node in ast.walk(ast.parse(text(path))):
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                    yield (node.end_lineno or node.lineno) - node.lineno + 1


def test_windows_are_opened_in_one_place() -> None:
    """A window opened past `Turn.show` forgets the private channel whose members may use it."""
    opening = re.compile(r"views_(open|push|update)")
    assert names(p for p in files("handlers") if opening.search(text(p))) == ["handlers/turn.py"]


def test_every_module_has_a_telling_name() -> None:
    """No drawer for odds and ends: what is in a module can be guessed from its name."""
    assert names(p for p in files(*ROOMS, "tests") if p.stem in VAGUE) == []


def test_nothing_names_a_package_registry() -> None:
    """Where packages come from is the business of the machine that installs them."""
    named = (p for p in files() if p.name in PLACES_WITHOUT_ADDRESSES or p.suffix == ".lock")
    assert names(p for p in named if re.search(r"[a-z]+://", text(p))) == []
    assert names(p for p in files() if REGISTRY.search(text(p))) == []


def test_nothing_names_a_place_on_one_machine() -> None:
    """A path that exists on one developer's machine breaks on all others."""
    assert names(p for p in files() if MACHINE.search(text(p))) == []


@pytest.mark.parametrize(
    ("line", "is_found"),
    [
        ("see /" + "home/ana/tiebreak", True),
        ("path = '/" + "root/.config'", True),
        ("GET https://example.com/" + "work/items", False),
        ("~/" + "work/tiebreak", False),
    ],
)
def test_a_machine_path_is_told_from_an_address(line: str, is_found: bool) -> None:
    """The guard sees a planted path and leaves web addresses alone."""
    assert bool(MACHINE.search(line)) is is_found


def test_a_registry_is_recognised() -> None:
    """The guard sees a planted address."""
    assert REGISTRY.search("index = https:/" + "/pypi.example.com/simple")
