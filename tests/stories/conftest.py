"""A company for every story, on both databases."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.stories.company import whole_juniper
from tests.stories.house import House, open_house


@pytest.fixture
async def house(migrated_url: str) -> AsyncIterator[House]:
    """Juniper Cloud on a Tuesday at ten."""
    async with open_house(migrated_url) as house:
        yield house
        assert not house.slack.record.defects, house.slack.record.defects


@pytest.fixture
async def council(migrated_url: str) -> AsyncIterator[House]:
    """The same, with everything its council does by itself: standups, agendas, meetings."""
    async with open_house(migrated_url, configuration=whole_juniper()) as house:
        yield house
        assert not house.slack.record.defects, house.slack.record.defects
