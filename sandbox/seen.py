"""Messages and windows as a robot sees them: words and labels, nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sandbox.messages import Ephemeral, Message
from sandbox.reading import Control, Eyes, controls, option_texts
from sandbox.refusal import Json

if TYPE_CHECKING:
    from sandbox.channels import Channel
    from sandbox.slack import Slack


class NotVisible(AssertionError):
    """A name that is not on the screen; the message lists what is."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One visible message. `text` is what a person reads; `fallback` what a notification says."""

    channel: str
    ts: str
    author: str
    text: str
    fallback: str
    buttons: tuple[str, ...] = ()
    menu: tuple[str, ...] = ()
    links: dict[str, str] = field(default_factory=dict)
    thread: tuple[Seen, ...] = ()
    reactions: dict[str, tuple[str, ...]] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    """The ids of the files in it, by name."""
    only_me: bool = False
    edited: bool = False
    blocks: tuple[Json, ...] = ()

    def __str__(self) -> str:
        buttons = "".join(f" [{name}]" for name in self.buttons)
        return f"{self.author}: {self.text}{buttons}"


def see_message(slack: Slack, eyes: Eyes, channel: Channel, message: Message, *, deep: bool = True) -> Seen:
    """A message with its thread below it."""
    author = slack.workspace.people[message.user].real_name
    below = channel.replies(message.ts) if deep and not message.is_reply else []
    people = slack.workspace.people
    return Seen(
        channel=channel.id,
        ts=message.ts,
        author=message.username or author,
        text=shown_text(eyes, message.text, message.blocks),
        fallback=eyes.text(message.text),
        buttons=buttons_of(eyes, message.blocks),
        menu=menu_of(eyes, message.blocks),
        links=links_of(eyes, message.text, message.blocks),
        thread=tuple(see_message(slack, eyes, channel, reply, deep=False) for reply in below),
        reactions={n: tuple(people[p].name for p in who) for n, who in message.reactions.items() if who},
        files={str(file["name"]): str(file["id"]) for file in message.files},
        edited=message.edited is not None,
        blocks=tuple(message.blocks),
    )


def see_ephemeral(slack: Slack, eyes: Eyes, message: Ephemeral) -> Seen:
    """A message only this person sees."""
    return Seen(
        channel=message.channel,
        ts=message.ts,
        author=slack.app.name if message.from_app else "Slackbot",
        text=shown_text(eyes, message.text, message.blocks),
        fallback=eyes.text(message.text),
        buttons=buttons_of(eyes, message.blocks),
        menu=menu_of(eyes, message.blocks),
        links=links_of(eyes, message.text, message.blocks),
        only_me=True,
        blocks=tuple(message.blocks),
    )


def shown_text(eyes: Eyes, text: str, blocks: list[Json]) -> str:
    """Blocks win over text, as on the screen."""
    return eyes.blocks(blocks) if blocks else eyes.text(text)


def links_of(eyes: Eyes, text: str, blocks: list[Json]) -> dict[str, str]:
    """Every link by the words it shows, link buttons included."""
    buttons = [c for c in controls(eyes, blocks) if c.kind == "button" and "url" in c.element]
    shown = dict(eyes.links(blocks or text))
    return shown | {control.label: str(control.element["url"]) for control in buttons}


def buttons_of(eyes: Eyes, blocks: list[Json]) -> tuple[str, ...]:
    return tuple(control.label for control in controls(eyes, blocks) if control.kind == "button")


def menu_of(eyes: Eyes, blocks: list[Json]) -> tuple[str, ...]:
    """The entries of every overflow menu."""
    menus = [control for control in controls(eyes, blocks) if control.kind == "overflow"]
    return tuple(text for control in menus for text in option_texts(eyes, control.element))


def find_button(eyes: Eyes, blocks: list[Json], label: str, nth: int = 0) -> Control:
    """The button with that label; raises NotVisible with the labels there are."""
    buttons = [control for control in controls(eyes, blocks) if control.kind == "button"]
    found = [control for control in buttons if control.label == label]
    if len(found) <= nth:
        raise NotVisible(f"no button {label!r} (number {nth + 1}); there are {[b.label for b in buttons]}")
    return found[nth]


def find_entry(eyes: Eyes, blocks: list[Json], text: str) -> tuple[Control, Json]:
    """The overflow entry, or select option, with that text."""
    for control in controls(eyes, blocks):
        for option in control.element.get("options") or []:
            if eyes.label(option["text"]) == text and control.kind in {"overflow", "static_select"}:
                return control, option
    raise NotVisible(f"no menu entry {text!r}; there are {list(menu_of(eyes, blocks))}")
