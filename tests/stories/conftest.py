"""A company for every story, on both databases."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.stories.house import House, open_house


@pytest.fixture
async def house(database_url: str) -> AsyncIterator[House]:
    """Juniper Cloud on a Tuesday at ten."""
    async with open_house(database_url) as house:
        yield house
        assert not house.slack.record.defects, house.slack.record.defects
