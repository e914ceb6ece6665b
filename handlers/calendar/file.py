"""The calendar as a file in somebody's direct conversation."""

from __future__ import annotations

from council.calendar_series import Dates
from handlers.calendar.feed import name_of, written
from handlers.files import Document
from handlers.texts import Texts


def dates_file(dates: Dates, greeting: str, texts: Texts) -> Document:
    """What is planned now; `greeting` comes first when nothing was ever said to this person."""
    words = texts.write("calendar_file", {"empty": not dates.series})
    return Document(
        stem="council-dates",
        ending="ics",
        title=name_of(dates),
        words=f"{greeting}\n{words}" if greeting else words,
        content=written(dates),
    )
