"""What each kind of meeting goes through, and for how long: the templates an agenda begins with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Draws = Literal["conflicts", "decided", "handoff", "proposals", "metrics", "actions"]
"""What a box fills itself with; a box without has only what people add to it."""


@dataclass(frozen=True, slots=True)
class Box:
    """One part of a meeting, with its minutes; `asks` is what is asked in it."""

    key: str
    title: str
    minutes: int
    draws: Draws | None = None
    asks: str = ""


@dataclass(frozen=True, slots=True)
class Metric:
    """A figure that several teams share. `type`: whoever knows the data of such conflicts is asked for it.

    Without one, or where the matrix has no such type, the chair is asked.
    """

    key: str
    name: str
    type: str = ""


@dataclass(frozen=True, slots=True)
class Template:
    """The boxes of a meeting in order, and the metrics that are asked for before it."""

    key: str
    boxes: tuple[Box, ...]
    metrics: tuple[Metric, ...] = ()

    def box(self, key: str) -> Box:
        """The box of that key; the last one when there is none: nothing that was added is lost."""
        return next((box for box in self.boxes if box.key == key), self.boxes[-1])

    def drawing(self, what: Draws) -> Box:
        """The box that fills itself with this; the last one when none does."""
        return next((box for box in self.boxes if box.draws == what), self.boxes[-1])

    def draws(self, what: Draws) -> bool:
        """Whether one of its boxes fills itself with this."""
        return any(box.draws == what for box in self.boxes)


HANDOFFS = (
    "MQL → SQL",
    "Opportunity created",
    "Proposal sent",
    "Deal won/lost",
    "Onboarding start",
    "Health score drop",
)
"""The handoffs between teams, reviewed one at a meeting, in rotation."""

_PRESENTS = "Which AI metrics does the team steer by, and what do they say?"

_EACH_TOOL = "Used by whom? Cost? Connected? Conflicts caused? Keep, merge or retire?"

_COUNCIL = Template(
    "council",
    (
        Box("conflicts", "AI Signal Conflicts", 15, "conflicts"),
        Box("handoff", "Workflow Handoff Review", 15, "handoff", "What works? What breaks?"),
        Box("tools", "Tool & Integration Updates", 10, "proposals"),
        Box("metrics", "Shared Metric Health", 10, "metrics"),
        Box("actions", "Action Items & Owners", 10, "actions"),
    ),
    (
        Metric("pipeline", "Pipeline accuracy", "pipeline_forecast"),
        Metric("lead_score", "Lead score correlation with close rate", "lead_quality"),
        Metric("cs_health", "CS health score predictive accuracy", "customer_health"),
    ),
)
_STRATEGIC = Template(
    "strategic",
    (
        Box("learned", "What the quarter's decisions taught", 25, "decided"),
        Box("matrix", "Matrix and numbers of record", 20, asks="Still right?"),
        Box("roadmap", "AI roadmap across functions", 25, asks="Blockers? Dependencies?"),
        Box("actions", "Decisions & owners", 20, "actions"),
    ),
)
_LEADERSHIP = Template(
    "leadership",
    (
        Box("sales", "Sales presents its AI metrics", 15, asks=_PRESENTS),
        Box("marketing", "Marketing presents its AI metrics", 15, asks=_PRESENTS),
        Box("cs", "CS presents its AI metrics", 15, asks=_PRESENTS),
        Box("metrics", "Shared metrics", 25, "metrics"),
        Box("actions", "Decisions & owners", 20, "actions"),
    ),
    (
        Metric("cycle_time", "Revenue cycle time"),
        Metric("rework", "Handoff rework rate"),
        Metric("data_accuracy", "Data accuracy rate"),
        Metric("adoption", "Cross-functional adoption"),
    ),
)
_TOOLS = Template(
    "tools",
    (
        Box("inventory", "What changed in the inventory", 10, "proposals"),
        Box(
            "tools",
            "Each tool",
            35,
            asks=_EACH_TOOL,
        ),
        Box("gaps", "Gaps and duplicates", 5),
        Box("actions", "Decisions & owners", 10, "actions"),
    ),
)

TEMPLATES: Mapping[str, Template] = {each.key: each for each in (_COUNCIL, _STRATEGIC, _LEADERSHIP, _TOOLS)}
"""By the name a ceremony has for it in the configuration."""
