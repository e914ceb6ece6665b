"""The composition objects: texts, options, confirmations, filters."""

from __future__ import annotations

from sandbox.blocks.relations import one_of
from sandbox.blocks.rules import Choice, Flag, Items, Keys, Kind, Kinds, Rule, Shape, String, Variant

PLAIN = ("plain_text",)
ANY_TEXT = ("plain_text", "mrkdwn")


def text(longest: int, kinds: tuple[str, ...] = ANY_TEXT) -> Rule:
    """A text object; `emoji` belongs to plain text and `verbatim` to mrkdwn."""
    words: Keys = {"text": String(longest)}
    table = {
        "plain_text": Kind("MDH", Shape(words, {"emoji": Flag()})),
        "mrkdwn": Kind("MDH", Shape(words, {"verbatim": Flag()})),
    }
    return Variant(Kinds({kind: table[kind] for kind in kinds}))


def plain(longest: int) -> Rule:
    return text(longest, PLAIN)


URL = String(3000, format="uri")
WEB_URL = String(3000, format="http(s) uri")
ID = String(255)
BUTTON_STYLE = Choice(("primary", "danger"))
SLACK_FILE = Shape(may={"id": String(255), "url": WEB_URL}, also=(one_of("id", "url"),))
PICTURE: Keys = {"image_url": WEB_URL, "slack_file": SLACK_FILE}


def option(kinds: tuple[str, ...] = PLAIN, *, linked: bool = False) -> Shape:
    """A choice; only those of an overflow menu may carry a link."""
    link: Keys = {"url": URL} if linked else {}
    return Shape({"text": text(75, kinds), "value": String(150)}, {"description": text(75, kinds), **link})


OPTION = option()
OPTION_GROUP = Shape({"label": plain(75), "options": Items(OPTION, 1, 100)})

CONFIRM = Shape(
    must={"title": plain(100), "text": text(300), "confirm": plain(30), "deny": plain(30)},
    may={"style": BUTTON_STYLE},
)

DISPATCH = Shape(
    must={
        "trigger_actions_on": Items(Choice(("on_enter_pressed", "on_character_entered")), 1, 2, unique=True)
    }
)

FILTER = Shape(
    may={
        "include": Items(Choice(("im", "mpim", "private", "public")), 1, 4, unique=True),
        "exclude_bot_users": Flag(),
        "exclude_external_shared_channels": Flag(),
    },
    least=1,
)
