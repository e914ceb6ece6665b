"""The escalation matrix: which conflict goes to whom, how fast, and which source stands until then."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from council.timeframes import Timeframe, Within
from council.words import content_words

Question = Literal["data", "business"]

NOT_SURE = "not_sure"
RESERVED = frozenset({"council", "chair", "deputy", "sponsor", "account_owner", NOT_SURE})
"""Words with a meaning of their own in `notify`, `owner` and `chain`; no role may be called so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictType:
    """One row of the matrix. `owner`, `notify` and `chain` hold role keys or reserved words."""

    key: str
    name: str
    owner: str
    timeframe: Timeframe
    description: str = ""
    sides: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    notify: tuple[str, ...] = ()
    question: Question = "data"
    business_owner: str | None = None
    data_owner: str | None = None
    acknowledge_within: timedelta | None = None
    chain: tuple[str, ...] = ("deputy", "chair", "sponsor")
    home_channel: str | None = None
    retired: bool = False

    @property
    def asks_account_owner(self) -> bool:
        """True when the form has to ask whose account it is."""
        return "account_owner" in (*self.notify, self.owner, *self.chain)

    @property
    def other_owner(self) -> tuple[Question, str] | None:
        """The other kind of question and the role that decides it, when the row names both."""
        if self.question == "data" and self.business_owner:
            return "business", self.business_owner
        if self.question == "business" and self.data_owner:
            return "data", self.data_owner
        return None


NOT_SURE_TYPE = ConflictType(
    key=NOT_SURE,
    name="Not sure",
    description="Something disagrees and no kind fits; the chair sorts it",
    owner="chair",
    timeframe=Within(target=timedelta(hours=24), limit=timedelta(hours=24)),
    chain=("deputy", "sponsor"),
)
"""The last entry of every list of types; nobody has to know the matrix to report."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrecedenceRule:
    """Which source stands while nobody has decided; empty scope words match everything of the type."""

    type: str
    stands: str
    team: str = ""
    because: str = ""
    metric: str | None = None
    segment: str | None = None
    account: str | None = None
    since: date | None = None
    until: date | None = None
    decision: int | None = None

    @property
    def scope(self) -> tuple[str | None, ...]:
        """What it holds for."""
        return (self.type, self.metric, self.segment, self.account)

    @property
    def narrowness(self) -> int:
        """How many scope words the rule names besides its type."""
        return sum(scope is not None for scope in (self.metric, self.segment, self.account))

    def in_force(self, today: date) -> bool:
        """True on every day from `since` to `until`, both included."""
        return (self.since is None or self.since <= today) and (self.until is None or today <= self.until)

    def matches(self, type_key: str, words: frozenset[str]) -> bool:
        """True when the type is the rule's and every scope word was said."""
        scopes = (scope for scope in (self.metric, self.segment, self.account) if scope)
        return self.type == type_key and all(content_words(scope) <= words for scope in scopes)


def number_of_record(
    rules: Iterable[PrecedenceRule], type_key: str, said: str, today: date
) -> PrecedenceRule | None:
    """The narrowest rule in force for what was said; among equals the newest, then the first written."""
    words = content_words(said)
    fitting = [rule for rule in rules if rule.in_force(today) and rule.matches(type_key, words)]
    return max(fitting, key=lambda rule: (rule.narrowness, rule.since or date.min), default=None)
