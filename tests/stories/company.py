"""The company the stories happen in: Juniper Cloud of `bot/example`, fourteen people in three zones."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from bot.demo.company import colleagues, example_configuration, example_slack
from council.workspace import Configuration
from sandbox.clock import Clock
from sandbox.manifest import Manifest
from sandbox.rates import Rates
from sandbox.slack import Slack

COUNCIL, DECISIONS, SALES, GENERAL = "C0COUNCIL", "C0DECISIONS", "C0SALES", "C0GENERAL"
BOARD, PARTNERS = "C0BOARD", "C0PARTNERS"


def juniper_slack(clock: Clock, manifest: Manifest, rates: Rates | None = None) -> Slack:
    """Its Slack: the app installed by Pavel, in the council's and the log's channel only."""
    return example_slack(clock, manifest, rates)


@cache
def juniper() -> Configuration:
    """Its configuration with meetings only known about: stories of conflicts hear of conflicts alone."""
    whole = whole_juniper()
    known = (each for each in whole.ceremonies if each.key in ("forecast_meeting", "council_meeting"))
    return replace(
        whole,
        ceremonies=tuple(replace(each, template=None, agenda_before=None, where=None) for each in known),
    )


@cache
def whole_juniper() -> Configuration:
    """Its configuration with standups and agendas."""
    return example_configuration()


PEOPLE = tuple((person,) for person in colleagues())
RULES = juniper().precedence
