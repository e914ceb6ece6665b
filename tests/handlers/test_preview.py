"""The box in the form and the form around it, at their largest and most hostile."""

from __future__ import annotations

from dataclasses import replace

import pytest

from council.people import Channel
from handlers.conflicts.preview import Looking, preview
from handlers.conflicts.report_form import Opened, ReportForm, report_modal
from sandbox.blocks import check_view
from tests.council.builders import TUESDAY, TYPES, away, northwind
from tests.handlers.stories import HOSTILE, company

SALES = Channel(id="C1SALES", name="sales", bot_in=True)
LOOKING = Looking("nina", SALES, {})


def box(form: ReportForm, looking: Looking = LOOKING, **changed: object) -> str:
    """The words of the box."""
    workspace = replace(northwind(), **changed)  # type: ignore[arg-type]
    return str(preview(form, looking, workspace, TUESDAY).blocks[0].to_dict()["text"]["text"])


@pytest.mark.parametrize("words", HOSTILE)
@pytest.mark.parametrize("kind", [row.key for row in TYPES] + ["not_sure", ""])
def test_R36_R42_the_form_is_one_slack_shows_whatever_was_typed(kind: str, words: str) -> None:
    """Every text as long and as hostile as it can be, all of the form shown, the longest names."""
    typed = HOSTILE[words]
    texts = {f"{name}_{n}": typed for name in ("source", "says") for n in range(4)}
    texts |= dict.fromkeys(("subject", "waiting", "account", "as_of"), typed)
    form = ReportForm.model_validate({"type": kind, **texts})
    workspace = company()
    shown = preview(form, LOOKING, workspace, TUESDAY)
    opened = Opened(
        reported_in="C1", called="x" * 80, more=True, private=True, link="https://n.example/" * 10
    )
    view = report_modal(form, opened, workspace, shown.blocks, near_meeting="Forecast " * 40)
    assert not check_view(view.to_dict())


def test_who_reports_to_themselves_is_not_named_twice() -> None:
    """*Seen only by* names everybody once, the reader as *you*."""
    words = box(ReportForm(type="lead_quality", flags=["confidential"]), replace(LOOKING, reporter="priya"))
    assert "*You* (RevOps lead) decide by" in words
    assert "Seen only by: Dana, Lucia and you" in words
    assert "nothing stands until you decide" in words


def test_many_are_counted_instead_of_named() -> None:
    """The first three and how many more; the council has five seats."""
    extra = replace(TYPES[0], notify=(*TYPES[0].notify, "it_data", "cs_director", "coo"))
    configuration = replace(northwind().configuration, matrix=(extra,))
    words = box(ReportForm(type="lead_quality"), configuration=configuration)
    assert "and 2 more are told too." in words


def test_several_substitutions_are_all_told() -> None:
    """Holder and deputy are away: both gaps, then who stands in."""
    gone = (away("marcus", "2025-11-17 09:00", "2025-11-24 09:00"),)
    both = (*gone, away("dana", "2025-11-17 09:00", "2025-11-24 09:00"))
    words = box(ReportForm(type="pipeline_forecast"), absences=both)
    assert "Marcus is away until" in words
    assert "Dana is away until" in words
    assert "Priya stands in." in words
