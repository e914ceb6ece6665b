"""What can go wrong, as a person would be told.

TiebreakError
├── Refused       a rule says no; its sentence names who may, and `offers` what to do instead
│   └── TooLate   somebody else decided first
├── Invalid       a field of a form is wrong; one sentence per field
└── Unknown       there is no such conflict, type or role here (or none this person may see)
"""

from __future__ import annotations

from collections.abc import Mapping

from council.sentence import Sentence, say


class TiebreakError(Exception):
    """Every error a person is told about in words."""

    def __init__(self, sentence: Sentence, *, offers: tuple[str, ...] = ()) -> None:
        super().__init__(sentence.text)
        self.sentence = sentence
        self.offers = offers


class Refused(TiebreakError):
    """A rule says no. `offers` are acts (see `council.permissions.Act`) open to this person instead."""


class TooLate(Refused):
    """The conflict ended while the form was open; what was typed can still become context."""


class Unknown(TiebreakError):
    """Nothing of that name here that this person may see."""


class Invalid(TiebreakError):
    """Fields that cannot be taken as they are; `errors` maps a field's name to what to do about it."""

    def __init__(self, errors: Mapping[str, Sentence]) -> None:
        super().__init__(say("Please look at the marked fields."))
        self.errors = dict(errors)


def require(text: str, field: str, sentence: Sentence) -> None:
    """Raises `Invalid` with the sentence under the field when nothing was typed there."""
    if not text.strip():
        raise Invalid({field: sentence})
