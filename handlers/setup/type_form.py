"""The form of a conflict type: every field of it, and back."""

from __future__ import annotations

from datetime import timedelta

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from council.errors import Invalid
from council.matrix import ConflictType, Question
from council.problems import LONGEST_NAME
from council.sentence import Sentence, say
from council.timeframes import AtNext, Before, Count, Timeframe, Within, in_words, span_of
from council.workspace import Workspace
from handlers import forms, kit
from handlers.forms import Form, field
from handlers.setup.names import Acts, Views
from handlers.setup.seating import CHAIN, OTHER, OWNER, TOLD, option, options

BLOCKS = {
    "owner": OWNER,
    "business_owner": OTHER,
    "data_owner": OTHER,
    "notify": TOLD,
    "chain": CHAIN,
    "key": "name",
    "timeframe": "limit",
    "timeframe_within": "limit",
    "timeframe_limit": "limit",
    "timeframe_target": "target",
    "timeframe_before": "ceremony",
    "timeframe_at_next": "ceremony",
    "timeframe_lead": "lead",
    "timeframe_otherwise": "otherwise",
    "acknowledge_within": "acknowledge",
}
"""Where in the form a field of a conflict type stands, when it is not called the same."""
WITHIN, BEFORE, AT_NEXT = "within", "before", "at_next"
CALL = "call"
KINDS = ((WITHIN, "A time after the report"), (BEFORE, "Before a meeting"), (AT_NEXT, "In a meeting"))
LEAD, OTHERWISE = timedelta(hours=1), timedelta(hours=48)
FOR_EXAMPLE = "For example 48 hours, 90 minutes or 2 days."


class TypeForm(Form):
    """A conflict type, as filled in. Lists in one text have a line each."""

    name: str = ""
    description: str = ""
    seat_owner: str = ""
    question: Question = "data"
    seat_other: str = ""
    seat_told: tuple[str, ...] = ()
    timeframe: str = WITHIN
    limit: str = ""
    target: str = ""
    count: Count = "working"
    ceremony: str = ""
    lead: str = ""
    otherwise: str = ""
    call: tuple[str, ...] = ()
    acknowledge: str = ""
    seat_chain: tuple[str, ...] = ()
    home_channel: str | None = None
    sides: str = ""
    examples: str = ""


def empty_form() -> TypeForm:
    """The form for a type that is new."""
    return TypeForm(limit="48 hours", seat_chain=("deputy", "chair", "sponsor"))


def form_of(row: ConflictType) -> TypeForm:
    """The form filled in with what the type is."""
    form = TypeForm(
        name=row.name,
        description=row.description,
        seat_owner=row.owner,
        question=row.question,
        seat_other=(row.other_owner or ("", ""))[1],
        seat_told=row.notify,
        acknowledge=in_words(row.acknowledge_within) if row.acknowledge_within else "",
        seat_chain=row.chain,
        home_channel=row.home_channel,
        sides="\n".join(row.sides),
        examples="\n".join(row.examples),
    )
    return form.model_copy(update=_of_timeframe(row.timeframe))


def _of_timeframe(timeframe: Timeframe) -> dict[str, object]:
    match timeframe:
        case Within(target=target, limit=limit, count=count):
            first = in_words(target) if target != limit else ""
            return {"timeframe": WITHIN, "limit": in_words(limit), "target": first, "count": count}
        case Before(ceremony=key, lead=lead, otherwise=otherwise):
            spans = {"lead": in_words(lead), "otherwise": in_words(otherwise)}
            return {"timeframe": BEFORE, "ceremony": key, **spans}
        case AtNext(ceremony=key, or_emergency_call=call, otherwise=otherwise):
            ticked = (CALL,) if call else ()
            return {"timeframe": AT_NEXT, "ceremony": key, "call": ticked, "otherwise": in_words(otherwise)}


def row_of(form: TypeForm, key: str, before: ConflictType | None) -> ConflictType:
    """The type the form describes; raises `Invalid` with what can't be read, under its field."""
    reading = _Reading()
    row = ConflictType(
        key=key,
        name=" ".join(form.name.split()),
        description=form.description,
        owner=reading.needed(form.seat_owner, OWNER, "Choose who decides."),
        question=form.question,
        business_owner=(form.seat_other or None) if form.question == "data" else None,
        data_owner=(form.seat_other or None) if form.question == "business" else None,
        notify=form.seat_told,
        timeframe=reading.timeframe(form),
        acknowledge_within=reading.span(form.acknowledge, "acknowledge") if form.acknowledge else None,
        chain=form.seat_chain,
        home_channel=form.home_channel,
        sides=_lines(form.sides),
        examples=_lines(form.examples),
        retired=before.retired if before else False,
    )
    if reading.wrong:
        raise Invalid(reading.wrong)
    return row


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


class _Reading:
    """Reads what was typed, and notes all that can't be read."""

    def __init__(self) -> None:
        self.wrong: dict[str, Sentence] = {}

    def needed(self, value: str, name: str, words: str) -> str:
        if not value:
            self.wrong[name] = say(words)
        return value

    def span(self, text: str, name: str, otherwise: timedelta | None = None) -> timedelta:
        if not text and otherwise is not None:
            return otherwise
        found = span_of(text)
        if found is None:
            self.wrong[name] = say("Write a span of time like 48 hours, 90 minutes or 2 days.")
        return found or timedelta()

    def timeframe(self, form: TypeForm) -> Timeframe:
        if form.timeframe == WITHIN:
            limit = self.span(form.limit, "limit")
            return Within(target=self.span(form.target, "target", limit), limit=limit, count=form.count)
        key = self.needed(form.ceremony, "ceremony", "Choose a meeting.")
        otherwise = self.span(form.otherwise, "otherwise", OTHERWISE)
        if form.timeframe == AT_NEXT:
            return AtNext(ceremony=key, or_emergency_call=CALL in form.call, otherwise=otherwise)
        return Before(ceremony=key, lead=self.span(form.lead, "lead", LEAD), otherwise=otherwise)


def type_modal(form: TypeForm, workspace: Workspace, *, key: str, meta: str) -> View:
    """The form; `key` is the type that is changed, empty for a new one."""
    row = [kit.button("Back", Acts.TYPES, "0")]
    row += [kit.button("Retire", Acts.RETIRE, key)] if key else []
    blocks: list[Block] = [
        *kit.buttons(row),
        field("name", "What is it called?", forms.line(form.name, most=LONGEST_NAME)),
        field(
            "description",
            "What is it about?",
            forms.line(form.description, most=300),
            hint="In a few words; it stands in the list of conflict types.",
            optional=True,
        ),
        *_deciding(form, workspace),
        *_timing(form, workspace),
        *_asking(form, workspace),
        *_wording(form),
    ]
    title = "Edit conflict type" if key else "Add a conflict type"
    return forms.modal(Views.TYPE, title, blocks, submit="Next", meta=meta)


def _deciding(form: TypeForm, workspace: Workspace) -> list[Block]:
    chosen = option(form.seat_owner, workspace) if form.seat_owner else None
    other = option(form.seat_other, workspace) if form.seat_other else None
    questions = [
        kit.option("Of data: what is true?", "data"),
        kit.option("Of business: what do we do?", "business"),
    ]
    return [
        field(OWNER, "Who decides?", forms.search(chosen, "Search a role"), hint="One seat, never two."),
        field("question", "What kind of question is it?", forms.radios(questions, form.question)),
        field(
            OTHER,
            "Who decides when it turns out to be the other kind?",
            forms.search(other, "Search a role"),
            hint="Hand over offers this seat first.",
            optional=True,
        ),
        field(TOLD, "Who else is told?", forms.searches(options(form.seat_told, workspace)), optional=True),
    ]


def _timing(form: TypeForm, workspace: Workspace) -> list[Block]:
    held = workspace.configuration.ceremonies
    offered = [kit.option(label, kind) for kind, label in KINDS if kind == WITHIN or held]
    choice = forms.select(offered, form.timeframe)
    choice.action_id = Acts.TIMEFRAME
    return [field("timeframe", "By when is it decided?", choice, dispatch=True), *_details(form, workspace)]


def _details(form: TypeForm, workspace: Workspace) -> list[Block]:
    held = [kit.option(each.name, each.key) for each in workspace.configuration.ceremonies]
    if form.timeframe == WITHIN or not held:
        counts = [
            kit.option("On working days; weekends and holidays do not count", "working"),
            kit.option("By the calendar", "calendar"),
        ]
        limit = form.limit or in_words(OTHERWISE)
        reminded = "The owner is reminded then. Empty: when most of the time is over."
        return [
            field("limit", "At the latest within", forms.line(limit, most=30), hint=FOR_EXAMPLE),
            field(
                "target", "If possible within", forms.line(form.target, most=30), hint=reminded, optional=True
            ),
            field("count", "How are hours counted?", forms.radios(counts, form.count)),
        ]
    meeting = field("ceremony", "Which meeting?", forms.select(held, form.ceremony, "Choose a meeting"))
    late = field(
        "otherwise",
        "When the next one is more than 14 days away, within",
        forms.line(form.otherwise or in_words(OTHERWISE), most=30),
        hint="On working days.",
    )
    if form.timeframe == BEFORE:
        lead = forms.line(form.lead or in_words(LEAD), most=30)
        return [meeting, field("lead", "How long before it begins?", lead, hint=FOR_EXAMPLE), late]
    box = [kit.option("An emergency call can be asked for", CALL)]
    call = forms.ticks(box, list(form.call))
    return [meeting, field("call", "When it can't wait", call, optional=True), late]


def _asking(form: TypeForm, workspace: Workspace) -> list[Block]:
    return [
        field(
            "acknowledge",
            "How long has the owner to say “I am on it”?",
            forms.line(form.acknowledge, most=30),
            hint="Working hours, for example 4 hours. Empty: the usual part of the time there is.",
            optional=True,
        ),
        field(
            CHAIN,
            "Who is asked when the owner does not answer?",
            forms.searches(options(form.seat_chain, workspace)),
            hint="One after the other, in this order.",
            optional=True,
        ),
        field(
            "home_channel",
            "Home channel",
            forms.channel(form.home_channel),
            hint="Where the card stands when it can't where it was reported. Empty: the council's channel.",
            optional=True,
        ),
    ]


def _wording(form: TypeForm) -> list[Block]:
    return [
        field(
            "sides",
            "Names of the sides",
            forms.line(form.sides, most=400, tall=True),
            hint="One per line, for example: Marketing's score, Sales' judgment. They become hints.",
            optional=True,
        ),
        field("examples", "Examples", forms.line(form.examples, most=1500, tall=True), optional=True),
    ]
