"""The form **Cadence** of one ceremony, and its second step **What this changes**."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from itertools import islice
from typing import TypeVar

from slack_sdk.models.blocks import Block, PlainTextInputElement
from slack_sdk.models.blocks.block_elements import InputInteractiveElement
from slack_sdk.models.views import View

from council.cadence import Ceremony, Every, Occurrence, upcoming
from council.checks import LONGEST_CEREMONY
from council.fields import day_in_words
from council.people import Channel
from council.recasting import DATES_SHOWN, DAYS, Effect, Recast
from council.workspace import Workspace
from handlers import forms, kit
from handlers.ceremonies.names import Acts, Views
from handlers.ceremonies.planning_forms import follows
from handlers.forms import Form, field
from handlers.wording import read

E = TypeVar("E", bound=InputInteractiveElement)
TITLE = "Cadence"
EVERY: dict[Every, str] = {
    "week": "Every week",
    "month": "Every month",
    "quarter": "Every quarter",
    "half-year": "Every half-year",
}
MONTHS: dict[Every, int] = {"quarter": 3, "half-year": 6}
NTH = ("first", "second", "third", "fourth", "fifth", "sixth")
NOT_EVERY_MONTH = "Not every month has a 31st or a fifth Tuesday; the last one always comes."
SPOKEN_IN = "Empty: the council's channel."
MOST_DAYS = 60
MOST_LINK = 1000


class CadenceForm(Form):
    """*Cadence*, as filled in; numbers and the zone as they were typed."""

    every: Every = "week"
    day: str | None = None
    month: str | None = None
    at: time | None = None
    minutes: str = ""
    time_zone: str = ""
    channel: str | None = None
    where: str = ""
    agenda_before: str = ""
    prompt_at: time | None = None
    representatives: tuple[str, ...] = ()

    def chosen(self, channel: Channel | None) -> Recast:
        """What was chosen, for the rule; a month only where there is one to choose."""
        month = _whole(self.month or "") if self.every in MONTHS else None
        return Recast(
            every=self.every,
            day=self.day if self.day in DAYS[self.every] else None,
            month=month if month is not None or self.every not in MONTHS else 1,
            at=self.at,
            minutes=_whole(self.minutes),
            zone=self.time_zone or None,
            channel=channel,
            where=self.where or None,
            agenda_before=_whole(self.agenda_before) if self.agenda_before else None,
            prompt_at=self.prompt_at,
            representatives=self.representatives,
        )


def _whole(typed: str) -> int | None:
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 6 else None


def as_it_is(ceremony: Ceremony) -> CadenceForm:
    """The form as it opens."""
    before = ceremony.agenda_before
    return CadenceForm(
        every=ceremony.every,
        day=ceremony.day,
        month=str(ceremony.month) if ceremony.month else None,
        at=ceremony.at,
        minutes=str(ceremony.minutes),
        time_zone=ceremony.zone or "",
        channel=ceremony.channel,
        where=ceremony.where or "",
        agenda_before="" if before is None else str(before),
        prompt_at=ceremony.prompt_at,
        representatives=ceremony.representatives,
    )


def cadence_modal(form: CadenceForm, ceremony: Ceremony, workspace: Workspace, meta: str) -> View:
    """How often, on which day, when, how long, where; standups also whom they ask, and when."""
    blocks: list[Block] = [
        kit.text(kit.strong(ceremony.name, 100)),
        *_recurring(form),
        field("at", "Time", forms.clock(form.at)),
        field("minutes", "Length in minutes", forms.number(form.minutes, 1, LONGEST_CEREMONY)),
        *(_standup(form, workspace) if ceremony.prompt_at is not None else []),
        *(_agenda(form) if ceremony.template is not None else []),
        field("where", "Where (link)", forms.line(form.where, most=MOST_LINK), optional=True),
        field("channel", "Channel", forms.channel(form.channel), hint=SPOKEN_IN, optional=True),
        field(
            "time_zone",
            "Time zone",
            forms.line(form.time_zone, most=60),
            hint=_zone(workspace),
            optional=True,
        ),
    ]
    return forms.modal(Views.CADENCE, TITLE, blocks, submit="Next", meta=meta)


def _recurring(form: CadenceForm) -> list[Block]:
    """Each way to recur has days of its own, under an id of its own: what was chosen before is forgotten."""
    place = list(EVERY).index(form.every)
    often = _listened(forms.select([kit.option(label, each) for each, label in EVERY.items()], form.every))
    days = forms.select([kit.option(day_in_words(day), day) for day in DAYS[form.every]], form.day)
    hint = None if form.every == "week" else NOT_EVERY_MONTH
    blocks: list[Block] = [field("every", "How often?", often, dispatch=True)]
    if count := MONTHS.get(form.every):
        months = [kit.option(f"The {nth} month of it", str(number)) for number, nth in _nth(count)]
        blocks.append(field(f"month_{place}", "Which month?", forms.select(months, form.month or "1")))
    return [*blocks, field(f"day_{place}", "Which day?", days, hint=hint)]


def _nth(count: int) -> list[tuple[int, str]]:
    return list(enumerate(NTH[:count], start=1))


def _standup(form: CadenceForm, workspace: Workspace) -> list[Block]:
    roles = [kit.option(role.name, role.key) for role in workspace.configuration.roles]
    hint = "By the clock of each who is asked."
    asked = field("prompt_at", "The question goes out at", forms.clock(form.prompt_at), hint=hint)
    whom = [field("representatives", "Representatives", forms.several(roles, form.representatives))]
    return [asked, *(whom if roles else [])]


def _agenda(form: CadenceForm) -> list[Block]:
    days = forms.number(form.agenda_before, 0, MOST_DAYS)
    return [field("agenda_before", "Agenda, working days before", days, optional=True)]


def _typed_zone(form: CadenceForm) -> PlainTextInputElement:
    return forms.line(form.time_zone, most=60)


def _zone(workspace: Workspace) -> str:
    return f"Like Europe/Berlin. Empty: {workspace.hours.zone}, as for everything else."


def _listened(element: E) -> E:
    """With an action id of its own, so that each choice comes to this form."""
    element.action_id = Acts.CADENCE_CHANGED
    return element


def preview_modal(effect: Effect, meanwhile: Sequence[str], workspace: Workspace, meta: str) -> View:
    """*What this changes*; `meanwhile` is what somebody else has changed since the form was opened."""
    blocks: list[Block] = []
    if meanwhile:
        words = "\n".join(["*The set-up was changed meanwhile:*", *(f"• {line}" for line in meanwhile)])
        blocks += [kit.text(words), kit.text("Nothing of yours is lost. With that, this is what it changes:")]
    blocks.append(kit.text("\n".join(f"• {read(each, workspace)}" for each in effect.differences)))
    blocks.append(kit.text(_dates(effect, workspace)))
    if said := [*effect.fates, *effect.remarks]:
        blocks.append(kit.text("\n".join(f"• {read(each, workspace)}" for each in said)))
    blocks.append(kit.text("\n".join(follows(effect.follows, workspace))))
    blocks += kit.buttons([kit.button("Back", Acts.CADENCE_BACK, "back")])
    return forms.modal(Views.CADENCE_PREVIEW, "What this changes", blocks, submit="Save", meta=meta)


def _dates(effect: Effect, workspace: Workspace) -> str:
    if not effect.reschedules:
        return f"The next dates stay: {_in_a_row(effect.after, workspace)}"
    before, after = _in_a_row(effect.before, workspace), _in_a_row(effect.after, workspace)
    return f"*The next {DATES_SHOWN} dates*\nuntil now: {before}\nfrom now on: {after}"


def _in_a_row(found: Sequence[Occurrence], workspace: Workspace) -> str:
    return " · ".join(kit.when(each.starts, workspace.hours.zone) for each in found) or "none"


def saved_modal(ceremony: Ceremony, workspace: Workspace, now: datetime) -> View:
    """The same window as a receipt."""
    ahead = tuple(islice(upcoming(workspace.calendar, ceremony.key, now), DATES_SHOWN))
    words = f"Saved. {kit.strong(ceremony.name, 100)}\n{_in_a_row(ahead, workspace)}"
    return forms.modal("told", TITLE, [kit.text(words)], close="Done")


def cadences_modal(workspace: Workspace) -> View:
    """Every ceremony with its cadence in words and **Edit**."""
    rows: list[Block] = []
    for ceremony in workspace.configuration.ceremonies[:40]:
        row = kit.text(f"{kit.strong(ceremony.name, 100)}\n{in_words(ceremony, workspace)}")
        row.accessory = kit.button("Edit", Acts.CADENCE_EDIT, ceremony.key)
        rows.append(row)
    nothing: list[Block] = [kit.text("No ceremony is set up yet; `tiebreak import` brings them.")]
    return forms.modal(Views.CADENCES, TITLE, rows or nothing, close="Done")


def in_words(ceremony: Ceremony, workspace: Workspace) -> str:
    """*Every month, 2nd Tuesday at 10:00 (Europe/Berlin), 60 min*."""
    day = day_in_words(ceremony.day)
    counted = ceremony.every in MONTHS and ceremony.month
    month = f" of its {NTH[ceremony.month - 1]} month" if counted and ceremony.month else ""
    zone = ceremony.zone or workspace.hours.zone
    often = EVERY[ceremony.every]
    return f"{often}, {day}{month} at {ceremony.at:%H:%M} ({kit.quoted(zone, 60)}), {ceremony.minutes} min"
