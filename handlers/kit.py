"""Block Kit words. Every string that came from a person is clipped and escaped here, once.

Only `when`, `channel` and `link` may write markup in angle brackets; nobody is ever mentioned on a card.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ContextBlock,
    HeaderBlock,
    MarkdownTextObject,
    Option,
    OverflowMenuElement,
    PlainTextObject,
    SectionBlock,
)

Pressable = ButtonElement | OverflowMenuElement
MOST_TEXT = 2900
MOST_FIELD = 1900
MOST_OPTION = 75
_TURNING = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
STAR = "\N{ASTERISK OPERATOR}"
_FENCE = "`\u200b`\u200b`"
_NOT_IN_LINKS = {ord(char): f"%{ord(char):02X}" for char in "|<> \n"}


def clip(text: str, most: int) -> str:
    """The text, cut with an ellipsis to `most` characters."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def escape(text: str) -> str:
    """What a person wrote, so that Slack shows it as it was written and pings nobody.

    Marks that turn the direction of writing are left out: they would turn our own words as well. Fences of
    code are broken by a space without width: they would swallow our own lines up to the next one.
    """
    plain = text.translate(_TURNING).replace("```", _FENCE)
    return plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def quoted(text: str, most: int = 600) -> str:
    """A person's words inside our own: clipped, on one line's length of markup, escaped."""
    return escape(clip(text.strip(), most))


def strong(words: str, most: int = 600) -> str:
    """A person's words in bold; their own stars would end it early, so they become stars of another kind."""
    return f"*{quoted(words, most).replace('*', STAR)}*"


def when(instant: datetime, zone: str) -> str:
    """An instant as Slack shows it in the reader's zone; the fallback names the given zone."""
    local = instant.astimezone(ZoneInfo(zone))
    fallback = f"{local:%a} {local.day} {local:%b %Y, %H:%M} {zone}"
    return f"<!date^{int(instant.timestamp())}^{{date_short_pretty}} at {{time}}|{fallback}>"


def hour(instant: datetime, zone: str) -> str:
    """The time of an instant alone, for what happens today; the fallback names the given zone."""
    local = instant.astimezone(ZoneInfo(zone))
    return f"<!date^{int(instant.timestamp())}^{{time}}|{local:%H:%M} {zone}>"


def channel_link(channel: str) -> str:
    """A link to a channel, which Slack shows by its present name."""
    return f"<#{channel}>"


def link(url: str, label: str) -> str:
    """A link; what would end it early is taken out."""
    return f"<{url.translate(_NOT_IN_LINKS)}|{escape(label)}>"


def text(mrkdwn: str, block_id: str | None = None) -> SectionBlock:
    """A paragraph of our own markup; pieces from people were `quoted` before."""
    return SectionBlock(text=MarkdownTextObject(text=_whole(mrkdwn, MOST_TEXT)), block_id=block_id)


def columns(left: str, right: str) -> SectionBlock:
    """Two paragraphs beside each other."""
    fields = [MarkdownTextObject(text=_whole(part, MOST_FIELD)) for part in (left, right)]
    return SectionBlock(fields=fields)


def heading(words: str) -> HeaderBlock:
    """A title in plain text."""
    return HeaderBlock(text=PlainTextObject(text=clip(words, 150), emoji=True))


def small(mrkdwn: str, block_id: str | None = None) -> ContextBlock:
    """A quiet line."""
    return ContextBlock(elements=[MarkdownTextObject(text=_whole(mrkdwn, MOST_TEXT))], block_id=block_id)


def _whole(mrkdwn: str, most: int) -> str:
    """Within Slack's limit, with no piece of markup and no entity cut in half."""
    if len(mrkdwn) <= most:
        return mrkdwn or " "
    kept = mrkdwn[: most - 1]
    if kept.rfind("<") > kept.rfind(">"):
        kept = kept[: kept.rfind("<")]
    if kept.rfind("&") > kept.rfind(";"):
        kept = kept[: kept.rfind("&")]
    return kept.rstrip() + "…"


def plain(words: str, most: int = MOST_OPTION) -> PlainTextObject:
    """Words where Slack shows no markup."""
    return PlainTextObject(text=clip(words, most))


def button(label: str, action: str, value: str, style: str | None = None) -> ButtonElement:
    """A button; `value` is an id, never a state."""
    return ButtonElement(
        text=PlainTextObject(text=clip(label, 75)), action_id=action, value=value or None, style=style
    )


def link_button(label: str, url: str, action: str) -> ButtonElement:
    """A button that opens a page; Slack reports the press all the same."""
    return ButtonElement(text=PlainTextObject(text=label), action_id=action, url=url)


def menu(action: str, entries: Iterable[tuple[str, str]]) -> OverflowMenuElement:
    """The … menu: (label, value) pairs, at most five."""
    return OverflowMenuElement(action_id=action, options=[option(label, value) for label, value in entries])


def option(label: str, value: str) -> Option:
    """One choice of a select; its value is an id."""
    return Option(text=PlainTextObject(text=clip(label, MOST_OPTION) or "—"), value=value)


def buttons(elements: Sequence[Pressable], block_id: str | None = None) -> list[Block]:
    """A row of buttons, or nothing when there are none."""
    return [ActionsBlock(elements=list(elements), block_id=block_id)] if elements else []
