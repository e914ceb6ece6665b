"""The people of a workspace, bots and strangers included."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from sandbox.refusal import Json

Guest = Literal["", "multi-channel", "single-channel"]


@dataclass(slots=True)
class Person:
    """Somebody with an account. `team` differs from the workspace's for people of other organisations."""

    id: str
    team: str
    name: str
    real_name: str
    email: str = ""
    zone: str = "Europe/Berlin"
    title: str = ""
    admin: bool = False
    owner: bool = False
    guest: Guest = ""
    bot: bool = False
    bot_id: str = ""
    app_id: str = ""
    deactivated: bool = False
    status_text: str = ""
    status_emoji: str = ""
    status_until: int = 0
    updated: int = 0

    @property
    def first_name(self) -> str:
        return self.real_name.split()[0]

    def is_called(self, words: str) -> bool:
        """Whether somebody typing `words` means this person."""
        wanted = words.casefold()
        return wanted in {self.name.casefold(), self.real_name.casefold(), self.id.casefold()}

    def as_json(self, now: datetime, *, home_team: str, with_email: bool) -> Json:
        """The user object of users.info; deactivated people have no time zone, as in Slack."""
        zone = now.astimezone(ZoneInfo(self.zone))
        offset = zone.utcoffset()
        user: Json = {
            "id": self.id,
            "team_id": self.team,
            "name": self.name,
            "deleted": self.deactivated,
            "is_bot": self.bot,
            "is_app_user": False,
            "updated": self.updated,
            "profile": self._profile(with_email=with_email),
        }
        if self.team != home_team:
            user["is_stranger"] = False
        if self.deactivated:
            return user
        return user | {
            "real_name": self.real_name,
            "tz": self.zone,
            "tz_label": zone.tzname() or self.zone,
            "tz_offset": int(offset.total_seconds()) if offset is not None else 0,
            "is_admin": self.admin or self.owner,
            "is_owner": self.owner,
            "is_primary_owner": self.owner,
            "is_restricted": bool(self.guest),
            "is_ultra_restricted": self.guest == "single-channel",
            "is_email_confirmed": True,
            "color": "4bbe2e",
        }

    def _profile(self, *, with_email: bool) -> Json:
        profile: Json = {
            "display_name": self.first_name,
            "display_name_normalized": self.first_name,
            "real_name": self.real_name,
            "real_name_normalized": self.real_name,
            "title": self.title,
            "status_text": self.status_text,
            "status_emoji": self.status_emoji,
            "status_expiration": self.status_until,
            "team": self.team,
            "image_72": "",
        }
        if with_email and self.email:
            profile["email"] = self.email
        if self.bot:
            profile |= {"bot_id": self.bot_id, "api_app_id": self.app_id}
        return profile
