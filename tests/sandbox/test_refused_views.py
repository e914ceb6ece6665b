"""What real Slack would refuse of modals, App Home and trigger ids."""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from typing import Any

import pytest

from sandbox.acts import forms
from sandbox.acts.commands import type_command
from sandbox.clock import HandClock
from sandbox.envelopes import Envelope, Reply
from sandbox.refusal import Json
from sandbox.slack import Slack
from tests.sandbox.asking import Asking, Ear
from tests.sandbox.bolt import card, form, plain, text_input


def opened(asking: Asking, view: Json | None = None, person: str = "U0NINA") -> Json:
    """A modal on somebody's screen."""
    trigger = asking.slack.trigger(person)
    shown: Json = asking.done("views.open", trigger_id=trigger, view=view or form())["view"]
    return shown


def pushing(asking: Asking, below: Json) -> dict[str, Any]:
    return {"trigger_id": asking.slack.trigger("U0NINA", below["id"]), "view": form()}


def test_a_trigger_id_is_good_for_three_seconds_and_one_view(asking: Asking, clock: HandClock) -> None:
    """4: `invalid_trigger_id`, `exchanged_trigger_id`, `expired_trigger_id`."""
    assert asking("views.open", trigger_id="1.2.abc", view=form()).error == "invalid_trigger_id"
    trigger = asking.slack.trigger("U0NINA")
    assert asking("views.open", trigger_id=trigger, view=form()).ok
    assert asking("views.open", trigger_id=trigger, view=form()).error == "exchanged_trigger_id"
    late = asking.slack.trigger("U0NINA")
    clock.forward(timedelta(seconds=3.1))
    assert asking("views.open", trigger_id=late, view=form()).error == "expired_trigger_id"


def test_three_modals_stand_on_each_other_and_no_more(asking: Asking) -> None:
    """5: `push_limit_reached`; a push from outside the modal finds none."""
    outside = asking.slack.trigger("U0NINA")
    assert asking("views.push", trigger_id=outside, view=form()).error == "not_found"
    first = opened(asking)
    second = asking.done("views.push", **pushing(asking, first))["view"]
    third = asking.done("views.push", **pushing(asking, second))["view"]
    assert (third["root_view_id"], third["previous_view_id"]) == (first["id"], second["id"])
    assert asking("views.push", **pushing(asking, third)).error == "push_limit_reached"


LONG = {**form(), "title": plain("A title that is far too long")}
NO_TITLE = {key: value for key, value in form().items() if key != "title"}
NO_SUBMIT = {key: value for key, value in form().items() if key != "submit"}
HEAVY = {**form(), "blocks": [text_input(f"b{n}", "x" * 2000) for n in range(130)]}


FAULTS = [
    pytest.param(LONG, "must be less than 25 characters [json-pointer:/view/title/text]", id="long title"),
    pytest.param(NO_TITLE, "missing required field: title [json-pointer:/view]", id="no title"),
    pytest.param(NO_SUBMIT, "must define `submit` to use an `input` block in modals", id="no submit"),
    pytest.param(
        {**form(), "private_metadata": "x" * 3001}, "must be less than 3001 characters", id="metadata"
    ),
    pytest.param({"type": "home", "blocks": card("x")}, "must be a valid enum value", id="a home in a modal"),
]


@pytest.mark.parametrize(("view", "said"), FAULTS)
def test_a_modal_slack_would_not_show_is_refused(asking: Asking, view: Json, said: str) -> None:
    """6: `invalid_arguments`, with the faults in `response_metadata`."""
    answer = asking("views.open", trigger_id=asking.slack.trigger("U0NINA"), view=view)
    assert answer.error == "invalid_arguments"
    assert said in "\n".join(answer.body["response_metadata"]["messages"])
    assert not asking.slack.stacks


def test_a_view_of_more_than_250_kilobytes_is_too_large(asking: Asking) -> None:
    """6: `view_too_large`."""
    answer = asking("views.open", trigger_id=asking.slack.trigger("U0NINA"), view=HEAVY)
    assert answer.error == "view_too_large"


def test_an_update_names_one_living_view_and_its_newest_hash(asking: Asking) -> None:
    """7: both ids or none, an unknown id, an old hash, an external id that is taken."""
    view = opened(asking, {**form(), "external_id": "mine"})
    both = {"view_id": view["id"], "external_id": "mine"}
    assert asking("views.update", view=form(), **both).error == "invalid_arguments"
    assert asking("views.update", view=form()).error == "invalid_arguments"
    assert asking("views.update", view_id="V0GONE", view=form()).error == "not_found"
    new = asking.done("views.update", external_id="mine", view={**form(), "external_id": "mine"})["view"]
    assert new["hash"] != view["hash"]
    stale = asking("views.update", view_id=view["id"], hash=view["hash"], view=form())
    assert stale.error == "hash_conflict"
    again = asking(
        "views.open", trigger_id=asking.slack.trigger("U0RAVI"), view={**form(), "external_id": "mine"}
    )
    assert again.error == "duplicate_external_id"


def test_a_home_needs_its_tab_a_person_and_the_newest_hash(asking: Asking) -> None:
    """8: `user_not_found`, `hash_conflict`, `not_enabled`."""
    home = {"type": "home", "blocks": card("Nothing is waiting for you.")}
    assert asking("views.publish", user_id="U0NOBODY", view=home).error == "user_not_found"
    first = asking.done("views.publish", user_id="U0NINA", view=home)["view"]
    asking.done("views.publish", user_id="U0NINA", view=home, hash=first["hash"])
    assert asking("views.publish", user_id="U0NINA", view=home, hash=first["hash"]).error == "hash_conflict"
    asking.slack.manifest = dataclasses.replace(asking.slack.manifest, home_tab=False)
    assert asking("views.publish", user_id="U0NINA", view=home).error == "not_enabled"


async def filled(slack: Slack, view: Json) -> None:
    """Fill what is required."""
    for name in ("subject", "one"):
        await forms.fill_in(slack, "U0NINA", view["id"], name, name, {"value": "4.2 M€"})
    option = form()["blocks"][0]["element"]["options"][0]
    await forms.fill_in(slack, "U0NINA", view["id"], "kind", "kind", {"selected_option": option})


WRONG_ANSWERS = [
    pytest.param(Reply(failure="http_error"), "http_error", id="not 200"),
    pytest.param(Reply("fine"), "invalid_response", id="no JSON"),
    pytest.param(Reply({"response_action": "explode"}), "unknown_response_action", id="unknown action"),
    pytest.param(Reply({"response_action": "errors", "errors": {}}), "invalid_errors", id="no errors"),
    pytest.param(
        Reply({"response_action": "errors", "errors": {"note": "no"}}),
        "errors_for_no_input",
        id="error for no input",
    ),
    pytest.param(Reply({"response_action": "update", "view": LONG}), "invalid_arguments", id="invalid view"),
    pytest.param(Reply({"response_action": "push"}), "invalid_arguments", id="no view"),
]


@pytest.mark.parametrize(("reply", "code"), WRONG_ANSWERS)
async def test_a_wrong_answer_leaves_the_modal_open(
    asking: Asking, ear: Ear, reply: Reply, code: str
) -> None:
    """9: the person reads that there was trouble connecting, and it counts as a defect."""
    await filled(asking.slack, opened(asking, form(note="A note")))
    ear.answer = lambda envelope: reply
    outcome = await forms.submit(asking.slack, "U0NINA")
    assert "trouble connecting" in outcome.trouble
    assert asking.slack.stacks["U0NINA"]
    assert [defect.code for defect in asking.slack.record.defects] == [code]


@pytest.mark.parametrize(
    ("body", "titles"),
    [
        (None, ["Raise it"]),
        ({"response_action": "clear"}, []),
        (
            {"response_action": "update", "view": {**form(), "title": plain("Receipt")}},
            ["Raise it", "Receipt"],
        ),
        (
            {"response_action": "push", "view": {**form(), "title": plain("More")}},
            ["Raise it", "Raise it", "More"],
        ),
    ],
)
async def test_each_right_answer_does_what_it_says(
    asking: Asking, ear: Ear, body: Json | None, titles: list[str]
) -> None:
    """An empty answer closes one view; clear, update and push do as they are called."""
    below = opened(asking)
    top = asking.done("views.push", **pushing(asking, below))["view"]
    await filled(asking.slack, top)
    ear.answer = lambda envelope: Reply(body)
    assert (await forms.submit(asking.slack, "U0NINA")).ok
    stack = asking.slack.stacks.get("U0NINA", [])
    assert [asking.slack.views[view].content["title"]["text"] for view in stack] == titles


async def test_slack_itself_asks_for_what_is_missing(asking: Asking, ear: Ear) -> None:
    """A form with empty required fields is not sent."""
    opened(asking)
    outcome = await forms.submit(asking.slack, "U0NINA")
    assert set(outcome.errors) == {"kind", "subject", "one"}
    assert ear.heard == []


async def test_what_was_typed_stays_where_the_ids_stay(asking: Asking, ear: Ear) -> None:
    """An update in place keeps typed text and choices, and forgets them when an id changes."""
    view = opened(asking)
    await filled(asking.slack, view)
    kept = asking.done("views.update", view_id=view["id"], view=form(note="Marcus decides"))["view"]
    assert kept["state"]["values"]["subject"]["subject"]["value"] == "4.2 M€"
    assert kept["state"]["values"]["kind"]["kind"]["selected_option"]["value"] == "data"
    renamed = form()
    renamed["blocks"][1]["block_id"] = "other"
    lost = asking.done("views.update", view_id=view["id"], view=renamed)["view"]
    assert lost["state"]["values"]["other"]["subject"]["value"] is None


async def test_closing_is_told_only_when_asked_for(asking: Asking, ear: Ear) -> None:
    """`view_closed` says whether the whole stack was dismissed."""
    below = opened(asking)
    asking.done("views.push", **pushing(asking, below))
    await forms.close(asking.slack, "U0NINA")
    assert ear.last("view_closed")["is_cleared"] is False
    asking.done("views.push", **pushing(asking, below))
    await forms.close(asking.slack, "U0NINA", everything=True)
    assert [e.payload["is_cleared"] for e in ear.heard] == [False, True, True]
    assert not asking.slack.view_on_top("U0NINA")


async def test_a_command_answers_with_a_message_slack_can_show(asking: Asking, ear: Ear) -> None:
    """9: a bad body of a command's answer fails for the person and is a defect."""
    ear.answer = lambda envelope: Reply({"blocks": [{"type": "nonsense"}]})
    outcome = await type_command(asking.slack, "U0NINA", "sales", "/raise")
    assert "dispatch_unknown_error" in outcome.trouble
    ear.answer = shouting
    assert (await type_command(asking.slack, "U0NINA", "sales", "/raise")).ok
    assert [m.text for m in asking.slack.workspace.channels["C0SALES"].messages.values()] == ["for all"]


def shouting(envelope: Envelope) -> Reply:
    return Reply({"response_type": "in_channel", "text": "for all"})
