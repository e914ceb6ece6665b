"""views.open, push, update, publish."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox import posting
from sandbox.blocks import check_view, state_of, view_too_large
from sandbox.grants import TRIGGER_LIFETIME, Trigger
from sandbox.methods.registry import method
from sandbox.refusal import Json, Refused, bad_arguments
from sandbox.views import View, carry_over, view_hash

if TYPE_CHECKING:
    from sandbox.methods.registry import Caller
    from sandbox.slack import Slack
    from sandbox.wire import Arguments

DEEPEST = 3


@method("views.open", tier=4, required=("view",))
def open_view(slack: Slack, caller: Caller, args: Arguments) -> Json:
    trigger = use_trigger(slack, _trigger_id(args))
    content = read_view(args, "modal")
    view = new_view(slack, trigger.person, content)
    for old in slack.stacks.get(trigger.person, []):
        slack.views.pop(old, None)
    slack.stacks[trigger.person] = [view.id]
    slack.changed()
    return {"view": view.as_json()}


@method("views.push", tier=4, required=("view",))
def push(slack: Slack, caller: Caller, args: Arguments) -> Json:
    trigger = use_trigger(slack, _trigger_id(args))
    content = read_view(args, "modal")
    if trigger.view not in slack.stacks.get(trigger.person, []):
        raise Refused("not_found")
    view = push_on(slack, trigger.person, content)
    return {"view": view.as_json()}


@method("views.update", tier=4, required=("view",))
def update(slack: Slack, caller: Caller, args: Arguments) -> Json:
    if args.has("view_id") == args.has("external_id"):
        raise bad_arguments("must provide exactly one of `view_id` or `external_id`")
    content = read_view(args, "")
    view = _live_view(slack, args)
    if content["type"] != view.content["type"]:
        raise bad_arguments("failed to match all allowed schemas [json-pointer:/view]")
    if args.text("hash") and args.text("hash") != view.hash:
        raise Refused("hash_conflict")
    replace(slack, view, content)
    return {"view": view.as_json()}


@method("views.publish", tier=4, required=("user_id", "view"))
def publish(slack: Slack, caller: Caller, args: Arguments) -> Json:
    person = slack.workspace.people.get(args.text("user_id"))
    if person is None or person.bot or slack.workspace.is_foreign(person.id):
        raise Refused("user_not_found")
    if not slack.manifest.home_tab:
        raise Refused("not_enabled")
    content = read_view(args, "home")
    shown = slack.views.get(slack.homes.get(person.id, ""))
    if args.text("hash") and (shown is None or args.text("hash") != shown.hash):
        raise Refused("hash_conflict")
    if shown is None:
        shown = new_view(slack, person.id, content)
        slack.homes[person.id] = shown.id
    else:
        replace(slack, shown, content)
    slack.changed()
    return {"view": shown.as_json()}


def read_view(args: Arguments, kind: str) -> Json:
    """The view of a call, checked; `kind` is what it must be, empty for any."""
    return checked_view(args.thing("view"), kind)


def checked_view(content: object, kind: str) -> Json:
    """A view Slack would show, else `invalid_arguments` with every fault."""
    if view_too_large(content):
        raise Refused("view_too_large")
    faults = check_view(content)
    if faults or not isinstance(content, dict):
        raise bad_arguments(*(f"{fault.message} [json-pointer:{fault.pointer}]" for fault in faults))
    if kind and content["type"] != kind:
        raise bad_arguments("must be a valid enum value [json-pointer:/view/type]")
    return content


def use_trigger(slack: Slack, text: str) -> Trigger:
    """Spend a trigger id: known, not used, not older than three seconds."""
    trigger = slack.triggers.get(text)
    if trigger is None:
        raise Refused("invalid_trigger_id")
    if trigger.used:
        raise Refused("exchanged_trigger_id")
    if slack.now() - trigger.given > TRIGGER_LIFETIME:
        raise Refused("expired_trigger_id")
    trigger.used = True
    return trigger


def new_view(slack: Slack, person: str, content: Json) -> View:
    """Keep a view, with every id filled in."""
    _check_external_id(slack, content, "")
    content = {**content, "blocks": posting.named(slack, content["blocks"])}
    view = View(
        id=slack.ids.make("V"),
        team=slack.workspace.team,
        person=person,
        content=content,
        hash=view_hash(slack.ids.ts(), content),
        app_id=slack.app.id,
        bot_id=slack.app.bot_id,
        state=state_of(content),
    )
    slack.views[view.id] = view
    return view


def push_on(slack: Slack, person: str, content: Json) -> View:
    """Put a view on top of somebody's stack of at most three."""
    stack = slack.stacks[person]
    if len(stack) >= DEEPEST:
        raise Refused("push_limit_reached")
    view = new_view(slack, person, content)
    view.root, view.previous = stack[0], stack[-1]
    stack.append(view.id)
    slack.changed()
    return view


def replace(slack: Slack, view: View, content: Json) -> None:
    """Show something else in the same place; what was typed under the same ids stays."""
    _check_external_id(slack, content, view.id)
    content = {**content, "blocks": posting.named(slack, content["blocks"])}
    view.state = carry_over(view.state, state_of(content), content["blocks"])
    view.content = content
    view.errors = {}
    view.hash = view_hash(slack.ids.ts(), content)
    slack.changed()


def _live_view(slack: Slack, args: Arguments) -> View:
    wanted, external = args.text("view_id"), args.text("external_id")
    for view in live_views(slack):
        if view.id == wanted or (external and view.external_id == external):
            return view
    raise Refused("not_found")


def live_views(slack: Slack) -> list[View]:
    """Every view somebody can see or come back to."""
    ids = [view for stack in slack.stacks.values() for view in stack]
    return [slack.views[view] for view in [*ids, *slack.homes.values()]]


def _check_external_id(slack: Slack, content: Json, own: str) -> None:
    external = content.get("external_id")
    if external and any(v.external_id == external and v.id != own for v in live_views(slack)):
        raise Refused("duplicate_external_id")


def _trigger_id(args: Arguments) -> str:
    return args.text("trigger_id") or args.needed("interactivity_pointer")
