"""What people of Juniper Cloud find contradictory, drawn by chance; each subject has a tag of its own."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

LEADS, FORECAST = "Lead quality disagreement", "Pipeline forecast discrepancy"
METRIC, HEALTH = "Cross-functional metric contradiction", "Customer health conflict"
KINDS = (LEADS, FORECAST, METRIC, HEALTH, "Not sure")
SOURCES = {
    LEADS: ("HubSpot AI", "Sales' judgment", "CRM lead score"),
    FORECAST: ("Clari AI", "Rep roll-up", "Finance model"),
    METRIC: ("Salesforce", "HubSpot AI", "Ops report"),
    HEALTH: ("CS score", "Sales' read", "Support tickets"),
    "Not sure": ("Assistant's dashboard", "Calendars", "Gong"),
}
TOPICS = (
    "Webinar leads score",
    "EMEA pipeline forecast",
    "Nordics quarter revenue",
    "Churn rate churned seats",
    "Renewal risk",
    "Meetings booked monthly",
)
ACCOUNTS = ("Acme", "Northgate", "Helvetia", "Umbra", "Larkspur", "Kestrel")
PUBLIC = ("sales", "sales", "general", "ai-council")
URGENT, NEEDED, UNNAMED, SECRET = 0.08, 0.15, 0.1, 0.2


@dataclass(frozen=True, slots=True)
class Report:
    """One thing to be reported. `door` is how: by the command, from the bot's direct message, a shortcut."""

    tag: str
    kind: str
    topic: str
    sources: tuple[str, str]
    says: tuple[str, str]
    door: str
    channel: str
    account: str
    account_owner: str
    urgent: bool
    needed_in_days: int
    unnamed: bool

    @property
    def subject(self) -> str:
        """What they disagree about."""
        return f"{self.topic} {self.tag}"

    @property
    def secret(self) -> bool:
        """From a private place it starts confidential."""
        return self.channel in ("", "board")


def any_report(chance: Random, tag: str, colleagues: tuple[str, ...], *, in_board: bool) -> Report:
    """Some report; `in_board` when its reporter is in the private channel."""
    kind = chance.choice(KINDS)
    one, other = chance.sample(SOURCES[kind], 2)
    channel = chance.choice(PUBLIC)
    door = chance.choices(("command", "global", "message"), (8, 1, 1))[0]
    if chance.random() < SECRET:
        door, channel = "command", chance.choice(("", "board")) if in_board else ""
    return Report(
        tag=tag,
        kind=kind,
        topic=chance.choice(TOPICS),
        sources=(one, other),
        says=(f"{chance.randrange(20, 90) / 10} M€", f"{chance.randrange(20, 90) / 10} M€"),
        door=door,
        channel=channel,
        account=chance.choice(ACCOUNTS) if kind == HEALTH or chance.random() < 0.1 else "",
        account_owner=chance.choice(colleagues),
        urgent=chance.random() < URGENT,
        needed_in_days=chance.randrange(1, 6) if chance.random() < NEEDED else 0,
        unnamed=chance.random() < UNNAMED,
    )
