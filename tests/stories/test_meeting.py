"""A council meeting, from *Start meeting* to its minutes."""

from __future__ import annotations

from tests.stories.acting import fill_decision, newest, now_of
from tests.stories.house import House
from tests.stories.meetings import COUNCIL_AT, goes_on, meeting_of, minutes, now, starts, with_conflict


async def test_a_whole_meeting_from_start_to_minutes(council: House) -> None:
    """Agenda, start, decide, name an owner, carry over, finish: the minutes say all of it."""
    remy, iris = council.robot("remy"), council.robot("iris")
    conflict = await with_conflict(council)
    await council.until(COUNCIL_AT)
    await starts(council, remy)
    assert "Now: 1 · AI Signal Conflicts · 15 min, until" in now(remy).text
    assert "Churn in APAC" in now(remy).text
    await remy.clicks("Record decision", now(remy))
    await fill_decision(remy.modal, decision="Present 3.1 M€.", why="Counted twice.")
    await remy.modal.submit()
    await council.settle()
    assert (await now_of(council, conflict.id)).ruling is not None
    assert "decided by Remy" in now(remy).text
    await goes_on(council, remy)
    assert "Now: 2 · Workflow Handoff Review" in now(remy).text
    await remy.clicks("Name an owner", now(remy))
    form = remy.modal
    await form.choose("Who?", "Iris")
    await form.fill("What is to be done?", "Map the fields of the handoff.")
    await form.choose("By when?", "2026-12-18")
    await form.submit()
    await council.settle()
    assert "To do by" in newest(iris).text
    await goes_on(council, remy)
    await remy.clicks("Carry over", now(remy))
    await remy.modal.fill("Why?", "Gong's prices come in January.")
    await remy.modal.submit()
    await council.settle()
    await council.forward(minutes=57)
    while "Next" in now(remy).buttons:
        await goes_on(council, remy)
    await remy.clicks("Finish", now(remy))
    await council.settle()
    kept = minutes(remy).text
    print(kept)
    for part in ("57 of 60 min", "Decided by Remy", "Iris does it by Fri 18 Dec", "Gong's prices"):
        assert part in kept
    assert (await meeting_of(council)).carried
