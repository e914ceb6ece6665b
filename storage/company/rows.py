"""The format of a company's file, section by section. Closed: what is not here is refused.

`EXAMPLE` of a row is one that is right; it takes a wrong one's place while the rest is looked through.
"""

from __future__ import annotations

from datetime import time, timedelta
from typing import Annotated, Any, ClassVar, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    ValidationInfo,
    field_validator,
    model_validator,
)

from council.cadence import Every, day_problem
from council.matrix import Question
from council.timeframes import Count
from storage.company.notation import (
    ChannelWord,
    Clock,
    Day,
    Flag,
    PersonWord,
    Span,
    WeekdayWord,
    Whole,
    Words,
    WorkingDays,
)

Row = dict[str, Any]
HOUR = timedelta(hours=1)
WORKWEEK = ("mon", "tue", "wed", "thu", "fri")


class Closed(BaseModel):
    """A part of the file. A key without a value counts as not written."""

    # built at first use: building looks for plugins on disk, and nothing may happen at an import
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)
    EXAMPLE: ClassVar[Row] = {}

    @model_validator(mode="before")
    @classmethod
    def _leave_out_what_is_empty(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        known = cls.words()
        return {key: value for key, value in data.items() if value is not None or key not in known}

    @classmethod
    def words(cls) -> dict[str, Any]:
        """The keys people may write, and the types of what stands there."""
        return {field.alias or name: field.annotation for name, field in cls.model_fields.items()}


class HoursRow(Closed):
    days: tuple[WeekdayWord, ...] = WORKWEEK
    opens: Clock = Field(time(9), alias="from")
    closes: Clock = Field(time(17, 30), alias="to", validate_default=True)

    @field_validator("days")
    @classmethod
    def _some_day(cls, days: tuple[str, ...]) -> tuple[str, ...]:
        if not days:
            raise ValueError("at least one working day is needed")
        if len(set(days)) < len(days):
            raise ValueError("a day stands here twice")
        return days

    @field_validator("closes")
    @classmethod
    def _after_opening(cls, closes: time, info: ValidationInfo) -> time:
        opens = info.data.get("opens")
        if opens is not None and closes <= opens:
            begin, end = f"{opens:%H:%M}", f"{closes:%H:%M}"
            raise ValueError(f"they must end after they begin, not begin at {begin} and end at {end}")
        return closes


class HolidaysRow(Closed):
    country: Words | None = None
    subdivision: Words | None = None
    also: tuple[Day, ...] = ()


class ChannelsRow(Closed):
    council: ChannelWord | None = None
    decision_log: ChannelWord | None = None
    wins: ChannelWord | None = None


class WorkspaceRow(Closed):
    EXAMPLE: ClassVar[Row] = {"time_zone": "UTC"}

    time_zone: Words
    business_hours: HoursRow = Field(default_factory=lambda: HoursRow.model_validate({}))
    holidays: HolidaysRow = Field(default_factory=HolidaysRow)
    channels: ChannelsRow = Field(default_factory=ChannelsRow)
    admins: tuple[PersonWord, ...] = ()


class RoleRow(Closed):
    EXAMPLE: ClassVar[Row] = {"key": "role", "name": "Role"}

    key: Words
    name: Words
    holder: PersonWord | None = None
    deputy: PersonWord | None = None


class CouncilRow(Closed):
    chair: Words | None = None
    seats: tuple[Words, ...] = ()
    sponsor: Words | None = None
    charter: Words = ""


class WithinRow(Closed):
    within: Span
    count: Count = "working"


class BetweenRow(Closed):
    target: Span
    limit: Span
    count: Count = "working"


class BeforeRow(Closed):
    before: Words
    lead: Span = HOUR
    otherwise: Span = 48 * HOUR


class AtNextRow(Closed):
    at_next: Words
    or_emergency_call: Flag = False
    otherwise: Span = 48 * HOUR


FORMS: dict[str, type[Closed]] = {
    "(within)": WithinRow,
    "(between)": BetweenRow,
    "(before)": BeforeRow,
    "(at_next)": AtNextRow,
}
"""The forms of a timeframe by their tag; no key looks like a tag, so tags can be told from keys."""


def _form_of(timeframe: Any) -> str | None:
    words = timeframe if isinstance(timeframe, dict) else ()
    if "target" in words or "limit" in words:
        return "(between)"
    return next((tag for tag in FORMS if tag.strip("()") in words), None)


TimeframeRow = Annotated[
    Annotated[WithinRow, Tag("(within)")]
    | Annotated[BetweenRow, Tag("(between)")]
    | Annotated[BeforeRow, Tag("(before)")]
    | Annotated[AtNextRow, Tag("(at_next)")],
    Discriminator(_form_of),
]


class TypeRow(Closed):
    EXAMPLE: ClassVar[Row] = {
        "key": "type",
        "name": "Type",
        "owner": "chair",
        "question": "data",
        "timeframe": {"within": "48h"},
    }

    key: Words
    name: Words
    description: Words = ""
    sides: tuple[Words, ...] = ()
    examples: tuple[Words, ...] = ()
    notify: tuple[Words, ...] = ()
    owner: Words
    question: Question = "data"
    business_owner: Words | None = None
    data_owner: Words | None = None
    timeframe: TimeframeRow
    acknowledge_within: Span | None = None
    chain: tuple[Words, ...] = ("deputy", "chair", "sponsor")
    home_channel: ChannelWord | None = None
    retired: Flag = False


class RuleRow(Closed):
    EXAMPLE: ClassVar[Row] = {"type": "type", "stands": "Source"}

    type: Words
    metric: Words | None = None
    segment: Words | None = None
    account: Words | None = None
    stands: Words
    team: Words = ""
    because: Words = ""
    since: Day | None = None
    until: Day | None = None
    decision: Whole | None = Field(None, alias="from")


class CeremonyRow(Closed):
    EXAMPLE: ClassVar[Row] = {
        "key": "ceremony",
        "name": "Ceremony",
        "every": "week",
        "day": "mon",
        "at": "10:00",
    }

    key: Words
    name: Words
    every: Every
    month: Whole | None = None
    day: Words
    at: Clock
    minutes: Whole = 60
    time_zone: Words | None = None
    channel: ChannelWord | None = None
    prompt_at: Clock | None = None
    where: Words | None = None
    agenda_before: WorkingDays | None = None
    template: Words | None = None
    representatives: tuple[Words, ...] = ()

    @field_validator("month")
    @classmethod
    def _month_of_its_span(cls, month: int | None, info: ValidationInfo) -> int | None:
        most = {"month": 1, "quarter": 3, "half-year": 6}.get(info.data.get("every", ""), 0)
        if month is not None and "every" in info.data and not 1 <= month <= most:
            every = info.data["every"]
            raise ValueError(
                f"a {every} has the months 1 to {most}" if most else f"every {every} needs no month"
            )
        return month

    @field_validator("day")
    @classmethod
    def _a_day_that_comes(cls, day: str, info: ValidationInfo) -> str:
        day = " ".join(day.casefold().split())
        if "every" in info.data and (problem := day_problem(info.data["every"], day)):
            raise ValueError(problem.text.format_map(problem.facts).rstrip("."))
        return day

    @field_validator("minutes")
    @classmethod
    def _some_time(cls, minutes: int) -> int:
        if minutes < 1:
            raise ValueError("a ceremony lasts at least a minute")
        return minutes


class TextsRow(Closed):
    standup_prompt: Words = ""
    agenda_intro: Words = ""


class CompanyRow(Closed):
    """The whole file."""

    version: Literal["1"]
    workspace: WorkspaceRow
    roles: tuple[RoleRow, ...] = ()
    council: CouncilRow = Field(default_factory=CouncilRow)
    matrix: tuple[TypeRow, ...] = ()
    precedence: tuple[RuleRow, ...] = ()
    ceremonies: tuple[CeremonyRow, ...] = ()
    texts: TextsRow = Field(default_factory=TextsRow)

    EXAMPLE: ClassVar[Row] = {"version": "1", "workspace": WorkspaceRow.EXAMPLE}
