"""users.info, users.list, users.lookupByEmail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.methods.reach import page, person_of, with_cursor
from sandbox.methods.registry import method
from sandbox.refusal import Json, Refused

if TYPE_CHECKING:
    from sandbox.methods.registry import Caller
    from sandbox.people import Person
    from sandbox.slack import Slack
    from sandbox.wire import Arguments


def shown(slack: Slack, caller: Caller, person: Person, *, locale: bool) -> Json:
    """The user object as far as the caller's scopes reach."""
    with_email = "users:read.email" in caller.scopes and not slack.workspace.is_foreign(person.id)
    user = person.as_json(slack.now(), home_team=slack.workspace.team, with_email=with_email)
    return {**user, "locale": "en-US"} if locale else user


@method("users.info", tier=4, scopes=("users:read",), form_only=True, required=("user",))
def info(slack: Slack, caller: Caller, args: Arguments) -> Json:
    person = person_of(slack, args.needed("user"))
    return {"user": shown(slack, caller, person, locale=args.flag("include_locale"))}


@method("users.list", tier=2, scopes=("users:read",), form_only=True)
def list_all(slack: Slack, caller: Caller, args: Arguments) -> Json:
    locale = args.flag("include_locale")
    people = [p for p in slack.workspace.people.values() if not slack.workspace.is_foreign(p.id)]
    found, cursor = page(
        [shown(slack, caller, person, locale=locale) for person in people], args, default=200, most=1000
    )
    return with_cursor({"members": found, "cache_ts": int(slack.now().timestamp())}, cursor)


@method("users.lookupByEmail", tier=3, scopes=("users:read.email",), form_only=True, required=("email",))
def lookup_by_email(slack: Slack, caller: Caller, args: Arguments) -> Json:
    wanted = args.text("email").strip().casefold()
    for person in slack.workspace.people.values():
        known = person.email.casefold() == wanted and not person.deactivated
        if known and not slack.workspace.is_foreign(person.id):
            return {"user": shown(slack, caller, person, locale=False)}
    raise Refused("users_not_found")
