"""api.test, auth.test, team.info, bots.info."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.methods.registry import method
from sandbox.refusal import Json, Refused

if TYPE_CHECKING:
    from sandbox.methods.registry import Caller
    from sandbox.slack import Slack
    from sandbox.wire import Arguments


@method("api.test", tier=5, kinds=())
def api_test(slack: Slack, caller: Caller, args: Arguments) -> Json:
    if args.text("error"):
        raise Refused(args.text("error"), args=args.values)
    return {"args": args.values}


@method("auth.test", tier=5)
def auth_test(slack: Slack, caller: Caller, args: Arguments) -> Json:
    person = slack.workspace.people[caller.user]
    who: Json = {
        "url": f"https://{slack.workspace.domain}.slack.com/",
        "team": slack.workspace.name,
        "user": person.name,
        "team_id": slack.workspace.team,
        "user_id": person.id,
        "is_enterprise_install": False,
    }
    if person.bot:
        who |= {"bot_id": person.bot_id, "app_id": slack.app.id, "app_name": slack.app.name}
    return who


@method("team.info", tier=3, scopes=("team:read",))
def team_info(slack: Slack, caller: Caller, args: Arguments) -> Json:
    wanted = args.text("team", slack.workspace.team)
    if wanted != slack.workspace.team:
        raise Refused("team_not_found")
    team = slack.workspace
    return {
        "team": {"id": team.team, "name": team.name, "domain": team.domain, "email_domain": "", "icon": {}}
    }


@method("bots.info", tier=3, scopes=("users:read",), form_only=True)
def bots_info(slack: Slack, caller: Caller, args: Arguments) -> Json:
    bots = [person for person in slack.workspace.people.values() if person.bot]
    found = next((bot for bot in bots if bot.bot_id == args.text("bot")), None)
    if found is None:
        raise Refused("bot_not_found")
    bot = {"id": found.bot_id, "app_id": found.app_id, "user_id": found.id, "name": found.real_name}
    return {"bot": {**bot, "deleted": found.deactivated, "updated": found.updated, "icons": {}}}
