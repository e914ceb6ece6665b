"""Slack delivers some things twice: the second time has no effect and gets the same answer."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta

import pytest

from storage import deliveries
from storage.store import Answer, Unit
from tests.storage.ledger import NOON, TEAM, balance, count, entering, ledger, pay_in_locked


@dataclass(frozen=True, slots=True)
class Receipt:
    number: int


RECEIPT = Answer(dump=lambda receipt: {"number": receipt.number}, load=lambda found: Receipt(found["number"]))


async def test_R27_the_same_delivery_has_one_effect(database_url: str) -> None:
    """Pressed once, delivered three times: paid once, and three times the same answer."""
    async with ledger(database_url) as store:
        told = [await store.write(pay_in_locked, team=TEAM, key="V1:abc") for _ in range(3)]
        assert await store.read(balance) == 1
    assert told == [1, 1, 1]


async def test_the_same_delivery_at_once_has_one_effect(database_url: str) -> None:
    """Twenty deliveries of one press in the same instant: one effect, one answer for all."""
    async with ledger(database_url) as store:
        writes = (store.write(pay_in_locked, team=TEAM, key="V1:abc") for _ in range(20))
        told = await asyncio.gather(*writes)
        assert await store.read(balance) == 1
    assert told == [1] * 20


async def test_every_workspace_has_its_own_keys(database_url: str) -> None:
    """The same key in another workspace is another delivery."""
    async with ledger(database_url) as store:
        told = [await store.write(pay_in_locked, team=team, key="k") for team in ("T1", "T2", "T1")]
    assert told == [1, 2, 1]


async def test_an_answer_may_be_a_value_of_ones_own(database_url: str) -> None:
    """With a codec the repetition gets an equal value, not its JSON."""

    def fn(unit: Unit) -> Receipt:
        return Receipt(pay_in_locked(unit))

    async with ledger(database_url) as store:
        told = [await store.write(fn, team=TEAM, key="k", answer=RECEIPT) for _ in range(2)]
    assert told == [Receipt(1), Receipt(1)]


async def test_nothing_is_an_answer_too(database_url: str) -> None:
    """A function without a value is not run again either."""

    def fn(unit: Unit) -> None:
        pay_in_locked(unit)

    async with ledger(database_url) as store:
        for _ in range(2):
            await store.write(fn, team=TEAM, key="k")
        assert await store.read(balance) == 1


async def test_a_refused_delivery_is_forgotten(database_url: str) -> None:
    """A form that was refused and corrected must not get its old error: only what saved something counts."""

    def refuse(unit: Unit) -> int:
        entering("a")(unit)
        raise ValueError("no")

    async with ledger(database_url) as store:
        with pytest.raises(ValueError, match="no"):
            await store.write(refuse, team=TEAM, key="k")
        assert await store.write(pay_in_locked, team=TEAM, key="k") == 1
        assert await store.read(count) == 0


async def test_an_answer_that_is_no_json_saves_nothing(database_url: str) -> None:
    """What could not be answered again is a mistake of ours, found at the first delivery."""
    async with ledger(database_url) as store:
        with pytest.raises(Exception, match="not JSON serializable"):
            await store.write(lambda unit: object() if pay_in_locked(unit) else None, team=TEAM, key="k")
        assert await store.read(balance) == 0


async def test_old_deliveries_are_forgotten(database_url: str) -> None:
    """Keys from before an instant go, later ones stay."""
    async with ledger(database_url) as store:
        await store.write(pay_in_locked, team=TEAM, key="k")

        def forget(unit: Unit) -> list[int]:
            later = (NOON, NOON + timedelta(seconds=1))
            return [deliveries.forget_before(unit.connection, at) for at in later]

        assert await store.write(forget, team=TEAM) == [0, 1]
        assert await store.write(pay_in_locked, team=TEAM, key="k") == 2
