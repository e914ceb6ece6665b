"""Small promises that hold across all rooms."""

from __future__ import annotations

import re

from tests.bot.conftest import operator as operator
from tests.bot.process import Operator
from tests.bot.test_running import report as report_unsure
from tests.stories.house import House
from tests.stories.reports import reports

LISTS = ("conversations.list", "users.list", "users.conversations")


async def test_R17_one_deadline_on_every_surface(house: House) -> None:
    """Box, receipt, card, message and list show the same instant, to the second."""
    receipt = (await reports(house.robot("nina"))).text
    await house.settle()
    nina, vera = house.robot("nina"), house.robot("vera")
    await nina.types("/ai-conflict list", channel="sales")
    [card] = [message for message in nina.sees("sales") if "#1" in message.text and not message.only_me]
    listed = nina.ephemerals[-1]
    [asked] = vera.inbox()
    shown = [receipt, card.text, asked.text, listed.text]
    [at] = {found.group() for words in shown if (found := re.search(r"Nov 19 at [\d:]+( [AP]M)?", words))}
    assert all(at in words for words in shown)


async def test_R25_nothing_is_ever_listed_in_full(house: House) -> None:
    """A story costs no list of all channels or people, however large the workspace."""
    await reports(house.robot("nina"))
    await house.settle()
    await house.robot("vera").clicks("Acknowledge")
    await house.forward(days=3)
    assert not [call for call in house.slack.record.calls if call.method in LISTS]


async def test_R35_a_socket_that_is_cut_is_opened_again(operator: Operator) -> None:
    """Slack closes connections every few hours; what is reported afterwards is taken as ever."""
    async with operator.running():
        await operator.server.sockets.drop("refresh_requested")
        await operator.server.connected(15)
        nina = operator.server.robot("nina")
        await report_unsure(nina)
        assert "#1" in nina.modal.text
