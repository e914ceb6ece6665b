"""The company changed while a form was open, or a message has stood for long: nothing typed is lost."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection

from council.conflict import State
from storage import workspaces
from tests.stories.acting import card_of, decides, now_of, reported
from tests.stories.company import juniper
from tests.stories.house import House
from tests.stories.reports import FORECAST, KIND, LEADS, configured, opens, signals


async def test_the_owner_of_a_kind_changed_while_the_form_was_open(house: House) -> None:
    """What counts is the matrix at the moment it is sent; the receipt says who it is with."""
    nina = house.robot("nina")
    form = await opens(nina, "Q4 pipeline for EMEA")
    await form.choose(KIND, FORECAST)
    assert "Vera (VP Sales) decides by" in form.text
    await signals(form)
    matrix = [replace(row, owner="coo") if row.name == FORECAST else row for row in juniper().matrix]
    await configured(house, matrix=tuple(matrix))
    await form.submit()
    await house.settle()
    assert "#1 is with Hugo" in nina.modal.text
    assert "Hugo (COO) decides by" in card_of(nina, "sales").text


async def test_a_kind_retired_meanwhile_is_taken_as_it_was(house: House) -> None:
    """Who filled the form in before it was retired gets their report through, to its owner."""
    nina = house.robot("nina")
    form = await opens(nina, "Q4 pipeline for EMEA")
    await form.choose(KIND, FORECAST)
    await signals(form)
    matrix = [replace(row, retired=row.name == FORECAST) for row in juniper().matrix]
    await configured(house, matrix=tuple(matrix))
    await form.submit()
    await house.settle()
    assert "#1 is with Vera" in nina.modal.text
    assert FORECAST not in (await opens(nina)).options(KIND)


async def test_a_kind_taken_out_meanwhile_is_asked_for_again(house: House) -> None:
    """A sentence says so, everything typed stays, and another kind can be chosen."""
    nina = house.robot("nina")
    form = await opens(nina, "Q4 pipeline for EMEA")
    await form.choose(KIND, FORECAST)
    await signals(form)
    matrix = tuple(row for row in juniper().matrix if row.name != FORECAST)
    await configured(house, matrix=matrix)
    await form.submit()
    assert "not in the matrix any more" in " ".join(nina.modal.errors.values())
    assert nina.modal.value("What it says") == "4.2 M€"
    await nina.modal.choose(KIND, LEADS)
    await nina.modal.submit()
    await house.settle()
    assert "#1 is with Remy" in nina.modal.text


async def test_a_conflict_keeps_the_matrix_it_was_routed_by(house: House) -> None:
    """Another owner in the matrix moves nothing that is open; the version it was routed by is kept."""
    conflict = await reported(house)
    matrix = [replace(row, owner="coo") if row.name == FORECAST else row for row in juniper().matrix]
    await configured(house, matrix=tuple(matrix))
    await house.forward(hours=1)
    after = await now_of(house, conflict.id)
    assert after.owner == "U0VERA"

    def owner_then(connection: Connection) -> str:
        then = workspaces.configuration_at(connection, house.team, after.route.configuration)
        return next(row.owner for row in then.matrix if row.name == FORECAST)

    assert await house.bot.store.read(owner_then) == "vp_sales"


async def test_a_button_of_an_earlier_answer_says_what_has_become_of_it(house: House) -> None:
    """*Acknowledge* and *Decide* on what was decided since: how it ended, and nothing more."""
    conflict = await reported(house)
    vera = house.robot("vera")
    await vera.types("/ai-conflict show 1", channel="sales")
    [old] = vera.ephemerals
    await decides(house, vera)
    for button in ("Acknowledge", "Decide"):
        await vera.clicks(button, old)
        assert "Vera decided #1" in vera.ephemerals[-1].text
    assert (await now_of(house, conflict.id)).state is State.DECIDED
