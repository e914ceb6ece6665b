"""Filling in, submitting and closing a modal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sandbox import payloads
from sandbox.acts.checking import faults_before_sending
from sandbox.acts.clicking import act, in_view, keep
from sandbox.acts.outcome import FINE, TROUBLE_CONNECTING, Outcome
from sandbox.blocks import inputs_of
from sandbox.methods.views import checked_view, push_on, replace
from sandbox.refusal import Json, NotPossible, Refused

if TYPE_CHECKING:
    from sandbox.slack import Slack
    from sandbox.views import View

ON_ENTER = "on_enter_pressed"
ON_CHARACTER = "on_character_entered"


async def fill_in(
    slack: Slack, person: str, view: str, block_id: str, action_id: str, chosen: Json, *, enter: bool = False
) -> Outcome:
    """Type or choose in an input; the app is told at once only if the block dispatches."""
    place = in_view(slack, person, view)
    element = place.element(block_id, action_id)
    place_view = slack.views[view]
    place_view.errors.pop(block_id, None)
    keep(place, block_id, element, chosen)
    slack.changed()
    if _dispatches(place_view, block_id, element, enter=enter):
        return await act(slack, place, block_id, action_id, chosen)
    return FINE


def _dispatches(view: View, block_id: str, element: Json, *, enter: bool) -> bool:
    block = next(block for block in view.blocks if block["block_id"] == block_id)
    if block["type"] != "input":
        return True
    if not block.get("dispatch_action"):
        return False
    if not element["type"].endswith("_input"):
        return True
    asked = element.get("dispatch_action_config", {}).get("trigger_actions_on", [ON_ENTER])
    return ON_CHARACTER in asked or (enter and ON_ENTER in asked)


async def submit(slack: Slack, person: str) -> Outcome:
    """Press the modal's submit button; Slack itself first asks for what is missing."""
    view = _on_top(slack, person)
    if "submit" not in view.content:
        raise NotPossible("this window has nothing to submit")
    view.errors = faults_before_sending(view)
    if view.errors:
        slack.changed()
        return Outcome(errors=dict(view.errors))
    reply = await slack.ask(_submission(slack, view))
    if not reply.taken:
        return Outcome(TROUBLE_CONNECTING)
    if view.id not in slack.stacks.get(person, []):
        return FINE
    try:
        return _respond(slack, person, view, reply.body)
    except Refused as refused:
        slack.defect(
            "bad answer", refused.code, f"view_submission {view.content['title']['text']}: {refused.details}"
        )
        return Outcome(TROUBLE_CONNECTING)


def _submission(slack: Slack, view: View) -> Any:
    return payloads.interaction(
        slack,
        "view_submission",
        view.person,
        trigger_id=slack.trigger(view.person, view.id),
        view=view.as_json(),
        response_urls=_response_urls(slack, view),
    )


def _response_urls(slack: Slack, view: View) -> list[Json]:
    urls = []
    for block in view.blocks:
        element = block.get("element", {})
        if not element.get("response_url_enabled"):
            continue
        held = view.state[block["block_id"]][element["action_id"]]
        channel = held.get("selected_conversation") or held.get("selected_channel")
        if channel:
            url = slack.response_url("actions", view.person, channel)
            ids = {"block_id": block["block_id"], "action_id": element["action_id"]}
            urls.append({"response_url": url, "channel_id": channel, **ids})
    return urls


def _respond(slack: Slack, person: str, view: View, body: Any) -> Outcome:
    if body in (None, "", {}):
        close_top(slack, person)
        return FINE
    if not isinstance(body, dict):
        raise Refused("invalid_response")
    action = body.get("response_action")
    if action == "errors":
        return _show_errors(slack, view, body.get("errors"))
    if action == "clear":
        clear(slack, person)
    elif action == "update":
        replace(slack, view, checked_view(body.get("view"), "modal"))
    elif action == "push":
        push_on(slack, person, checked_view(body.get("view"), "modal"))
    else:
        raise Refused("unknown_response_action", given=str(action))
    return FINE


def _show_errors(slack: Slack, view: View, errors: Any) -> Outcome:
    if not isinstance(errors, dict) or not errors:
        raise Refused("invalid_errors", given=str(errors))
    strangers = set(errors) - inputs_of(view.content)
    if strangers or not all(isinstance(text, str) and text for text in errors.values()):
        raise Refused("errors_for_no_input", given=sorted(strangers))
    view.errors = dict(errors)
    slack.changed()
    return Outcome(errors=dict(errors))


async def close(slack: Slack, person: str, *, everything: bool = False) -> None:
    """Close the top modal, or the whole stack; the app hears of it only if it asked to."""
    view = _on_top(slack, person)
    everything = everything or bool(view.content.get("clear_on_close"))
    gone = slack.stacks[person][::-1] if everything else [view.id]
    closing = [slack.views[name] for name in gone]
    if everything:
        clear(slack, person)
    else:
        close_top(slack, person)
    for closed in closing:
        if closed.content.get("notify_on_close"):
            told = {"view": closed.as_json(), "is_cleared": everything}
            await slack.ask(payloads.interaction(slack, "view_closed", person, **told))


def close_top(slack: Slack, person: str) -> None:
    """Take the top modal away; the one below it is seen again."""
    slack.views.pop(slack.stacks[person].pop(), None)
    slack.changed()


def clear(slack: Slack, person: str) -> None:
    """Take the whole stack away."""
    for view in slack.stacks.pop(person, []):
        slack.views.pop(view, None)
    slack.changed()


def _on_top(slack: Slack, person: str) -> View:
    view = slack.view_on_top(person)
    if view is None:
        raise NotPossible("no window is open")
    return view
