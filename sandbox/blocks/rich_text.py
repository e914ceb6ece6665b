"""The rich text table: what the message composer of Slack produces."""

from __future__ import annotations

from sandbox.blocks.objects import ID, URL
from sandbox.blocks.rules import Choice, Flag, Integer, Items, Keys, Kind, Kinds, Rule, Shape, String

STYLES = ("bold", "italic", "strike", "code", "underline", "highlight", "client_highlight", "unlink")
STYLE: Keys = {"style": Shape(may={name: Flag() for name in STYLES})}
BORDER: Keys = {"border": Integer(0, 1)}
FAR_FUTURE = 99_999_999_999


def _piece(must: Keys, **may: Rule) -> Kind:
    return Kind("MDH", Shape(must, {**STYLE, **may}))


PIECES = Kinds(
    {
        "text": _piece({"text": String(12_000)}),
        "link": _piece({"url": URL}, text=String(3000), unsafe=Flag()),
        "emoji": _piece({"name": String(255)}, unicode=String(255), skin_tone=Integer(1, 6)),
        "user": _piece({"user_id": ID}),
        "usergroup": _piece({"usergroup_id": ID}),
        "channel": _piece({"channel_id": ID}),
        "team": _piece({"team_id": ID}),
        "broadcast": _piece({"range": Choice(("here", "channel", "everyone"))}),
        "color": _piece({"value": String(7, pattern="^#[0-9a-fA-F]{6}$")}),
        "date": _piece(
            {"timestamp": Integer(0, FAR_FUTURE), "format": String(255)}, url=URL, fallback=String(3000)
        ),
    }
)
RUN: Keys = {"elements": Items(PIECES, 0, 3000)}
LINE = Kind("MDH", Shape(RUN))

SECTIONS = Kinds(
    {
        "rich_text_section": LINE,
        "rich_text_quote": Kind("MDH", Shape(RUN, BORDER)),
        "rich_text_preformatted": Kind("MDH", Shape(RUN, {**BORDER, "language": String(255)})),
        "rich_text_list": Kind(
            "MDH",
            Shape(
                must={
                    "style": Choice(("bullet", "ordered")),
                    "elements": Items(Kinds({"rich_text_section": LINE}), 0, 3000),
                },
                may={**BORDER, "indent": Integer(0, 8), "offset": Integer(0, 10_000)},
            ),
        ),
    }
)

RICH_TEXT = Kind("MDH", Shape({"elements": Items(SECTIONS, 0, 3000)}, {"block_id": ID}))
