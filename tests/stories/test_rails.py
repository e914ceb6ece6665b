"""The chair hears of a guard rail that is reached: in their working hours, once a quarter."""

from __future__ import annotations

from dataclasses import replace

from tests.stories.acting import told
from tests.stories.company import juniper
from tests.stories.house import House, open_house

SEATS = "has 7 seats"
NOTHING = "decided nothing last quarter"


async def test_a_council_of_seven_seats_and_a_quarter_without_a_decision(database_url: str) -> None:
    """Said when it is set up, and when a quarter is over; never twice in the same one."""
    company = juniper()
    everybody = tuple(role.key for role in company.roles)
    many = replace(company, council=replace(company.council, seats=everybody))
    async with open_house(database_url, configuration=many) as house:
        await house.settle()
        assert chair_heard(house, SEATS) == 1
        for days, seats_told, nothing_told in ((30, 1, 0), (30, 2, 0), (90, 3, 1)):
            await house.forward(days=days)
            assert (chair_heard(house, SEATS), chair_heard(house, NOTHING)) == (seats_told, nothing_told)


def chair_heard(house: House, words: str) -> int:
    """How often the chair heard it, and nobody else."""
    others = [said for name in ("tess", "hugo", "vera", "pavel") for said in told(house.robot(name))]
    assert not any(words in said for said in others)
    return sum(words in said for said in told(house.robot("remy")))
