"""The table of requirements in the documentation tells the truth."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
TABLE = ROOT / "docs" / "requirements.md"
ROW = re.compile(r"^\| (R\d+) \| (.+?) \| (.+?) \|$", re.MULTILINE)
TEST = re.compile(r"def (test_(R\d+)_\w+)\(")


def rows() -> dict[str, str]:
    """Requirement → what the table says of its proof."""
    return {number: proof for number, _, proof in ROW.findall(TABLE.read_text(encoding="utf-8"))}


def proofs() -> dict[str, set[str]]:
    """Requirement → names of the tests that carry its number."""
    found: dict[str, set[str]] = {}
    for file in (ROOT / "tests").rglob("test_*.py"):
        for name, number in TEST.findall(file.read_text(encoding="utf-8")):
            found.setdefault(number, set()).add(name)
    return found


def test_every_requirement_has_a_row() -> None:
    """Nothing users complain about is passed over in silence."""
    assert list(rows()) == [f"R{number}" for number in range(1, 54)]


def test_named_tests_exist_and_carry_the_number() -> None:
    """A proof that is named can be run; a requirement without one says that it comes later, or why not."""
    existing = proofs()
    for number, proof in rows().items():
        named = set(re.findall(r"`(test_\w+)`", proof))
        assert named or proof.startswith(("later:", "not here:")), f"{number} has neither proof nor reason"
        assert named <= existing.get(number, set()), f"{number} names tests that are not there"


def test_every_test_with_a_number_stands_in_the_table() -> None:
    """What is proved is also told."""
    told = rows()
    for number, names in proofs().items():
        assert names & set(re.findall(r"`(test_\w+)`", told[number])), f"{number} has tests the table misses"
