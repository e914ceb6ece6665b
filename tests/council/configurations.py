"""Any configuration that can be written down, sensible or not."""

from __future__ import annotations

from datetime import date, time, timedelta

from hypothesis import strategies as st

from council.cadence import Ceremony, Every
from council.hours import WEEKDAYS, Holidays, Hours
from council.matrix import ConflictType, PrecedenceRule
from council.roles import Council, Role
from council.timeframes import AtNext, Before, Timeframe, Within
from council.workspace import Channels, Configuration, Wordings

_letters = st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from(
    "\n\t :#-&*!%@`'\"{}[],?|>~=NOyn01"
)
WORDS = st.text(_letters, min_size=1, max_size=30) | st.sampled_from(
    [
        "NO",
        "no",
        "null",
        "~",
        "1.10",
        "0x1F",
        "12:30:45",
        "2026-01-01",
        "a: b",
        "- a",
        "on\ntwo\n",
        "é: “x”",
        " a ",
    ]
)
KEYS = st.from_regex(r"[a-z][a-z0-9_]{0,9}", fullmatch=True)
PEOPLE = st.from_regex(r"U0[A-Z0-9]{1,8}", fullmatch=True)
CHANNELS = st.from_regex(r"C0[A-Z0-9]{1,8}", fullmatch=True)
CLOCKS = st.times().map(lambda at: at.replace(second=0, microsecond=0))
SPANS = st.integers(0, 90 * 24 * 60).map(lambda minutes: timedelta(minutes=minutes))
DAYS = st.dates(date(2020, 1, 1), date(2040, 1, 1))


def some(words: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(words, max_size=3).map(tuple)


def maybe(words: st.SearchStrategy[str]) -> st.SearchStrategy[str | None]:
    return st.none() | words


@st.composite
def hours(draw: st.DrawFn) -> Hours:
    opens, closes = sorted(draw(st.lists(CLOCKS, min_size=2, max_size=2, unique=True)))
    off = Holidays(draw(maybe(WORDS)), draw(maybe(WORDS)), tuple(draw(st.lists(DAYS, max_size=2))))
    days = tuple(draw(st.lists(st.sampled_from(WEEKDAYS), min_size=1, unique=True)))
    return Hours(zone=draw(WORDS), days=days, opens=opens, closes=closes, holidays=off)


@st.composite
def within(draw: st.DrawFn) -> Within:
    target, limit = draw(SPANS), draw(SPANS)
    return Within(target=target, limit=limit, count=draw(st.sampled_from(["working", "calendar"])))


TIMEFRAMES: st.SearchStrategy[Timeframe] = st.one_of(
    within(),
    st.builds(Before, ceremony=KEYS, lead=SPANS, otherwise=SPANS),
    st.builds(AtNext, ceremony=KEYS, or_emergency_call=st.booleans(), otherwise=SPANS),
)


@st.composite
def ceremonies(draw: st.DrawFn) -> Ceremony:
    every: Every = draw(st.sampled_from(["week", "month", "quarter", "half-year"]))
    weekday = draw(st.sampled_from(WEEKDAYS))
    ordinal = draw(st.sampled_from(["1st", "2nd", "3rd", "4th", "last"]))
    most = {"week": 0, "month": 1, "quarter": 3, "half-year": 6}[every]
    return Ceremony(
        key=draw(KEYS),
        name=draw(WORDS),
        every=every,
        day=weekday if every == "week" else f"{ordinal} {weekday}",
        month=draw(st.none() | st.integers(1, most)) if most else None,
        at=draw(CLOCKS),
        minutes=draw(st.integers(1, 600)),
        zone=draw(maybe(WORDS)),
        channel=draw(maybe(CHANNELS)),
        where=draw(maybe(WORDS)),
        agenda_before=draw(st.none() | st.integers(0, 20)),
        template=draw(maybe(WORDS)),
        prompt_at=draw(st.none() | CLOCKS),
        representatives=draw(some(KEYS)),
    )


TYPES = st.builds(
    ConflictType,
    key=KEYS,
    name=WORDS,
    owner=KEYS,
    timeframe=TIMEFRAMES,
    description=st.just("") | WORDS,
    sides=some(WORDS),
    examples=some(WORDS),
    notify=some(KEYS),
    question=st.sampled_from(["data", "business"]),
    business_owner=maybe(KEYS),
    data_owner=maybe(KEYS),
    acknowledge_within=st.none() | SPANS,
    chain=some(KEYS),
    home_channel=maybe(CHANNELS),
    retired=st.booleans(),
)
RULES = st.builds(
    PrecedenceRule,
    type=KEYS,
    stands=WORDS,
    team=st.just("") | WORDS,
    because=st.just("") | WORDS,
    metric=maybe(WORDS),
    segment=maybe(WORDS),
    account=maybe(WORDS),
    since=st.none() | DAYS,
    until=st.none() | DAYS,
    decision=st.none() | st.integers(1, 9999),
)
CONFIGURATIONS = st.builds(
    Configuration,
    hours=hours(),
    channels=st.builds(Channels, council=maybe(CHANNELS), decision_log=maybe(CHANNELS), wins=maybe(CHANNELS)),
    admins=st.lists(PEOPLE, max_size=3, unique=True).map(tuple),
    roles=st.lists(
        st.builds(Role, key=KEYS, name=WORDS, holder=maybe(PEOPLE), deputy=maybe(PEOPLE)), max_size=3
    ).map(tuple),
    council=st.builds(
        Council, chair=maybe(KEYS), seats=some(KEYS), sponsor=maybe(KEYS), charter=st.just("") | WORDS
    ),
    matrix=st.lists(TYPES, max_size=2).map(tuple),
    precedence=st.lists(RULES, max_size=2).map(tuple),
    ceremonies=st.lists(ceremonies(), max_size=2).map(tuple),
    texts=st.builds(Wordings, standup_prompt=st.just("") | WORDS, agenda_intro=st.just("") | WORDS),
)
PLAIN_HOURS = Hours(zone="UTC", opens=time(9), closes=time(17))
