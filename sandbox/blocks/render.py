"""Blocks as HTML for the page. They have been checked and have their ids; their words may be hostile."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from sandbox.blocks.state import HELD, state_of
from sandbox.mrkdwn import Reader, parse, rich_text
from sandbox.mrkdwn.emoji import pictured

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from jinja2.environment import TemplateModule

Json = dict[str, Any]

PAGE = Path(__file__).parent.parent / "page"
INPUT_TYPES = {
    "email_text_input": "email",
    "url_text_input": "url",
    "number_input": "number",
    "datepicker": "date",
    "timepicker": "time",
    "datetimepicker": "datetime-local",
    "file_input": "file",
}
LETTERS = {"users": ("U", "W"), "channels": ("C", "G"), "conversations": ("C", "G", "D", "U", "W")}


def message_html(blocks: Sequence[Json], names: Mapping[str, str], zone: str, today: date) -> str:
    """The blocks of a message, for a reader with these names, this IANA zone and this day."""
    show = Showing(Reader(names, zone, today), state_of({"blocks": list(blocks)}))
    return str(_macros(show).all(blocks))  # type: ignore[attr-defined]


def view_html(view: Json, names: Mapping[str, str], zone: str, today: date) -> str:
    """A modal as a form, or a home tab; what `state` holds is filled in over the initial values."""
    state = state_of(view)
    for block_id, held in view.get("state", {}).get("values", {}).items():
        state.setdefault(block_id, {}).update(held)
    return str(_macros(Showing(Reader(names, zone, today), state)).view(view))  # type: ignore[attr-defined]


def _macros(show: Showing) -> TemplateModule:
    return _environment().get_template("blocks.html").make_module({"show": show})


@cache
def _environment() -> Environment:
    return Environment(loader=FileSystemLoader(PAGE), autoescape=True, trim_blocks=True, lstrip_blocks=True)


@dataclass(frozen=True, slots=True)
class Showing:
    """What the macros ask: how a text reads, what an element holds, what it offers."""

    reader: Reader
    state: Mapping[str, Mapping[str, Json]]

    def text(self, text: Json) -> str:
        if text["type"] == "mrkdwn":
            return Markup(self.reader.html(parse(text["text"])))
        words: str = text["text"]
        return pictured(words) if text.get("emoji", True) else words

    def rich(self, block: Json) -> Markup:
        return Markup(self.reader.html(rich_text(block)))

    def control(self, block: Json, element: Json) -> str:
        return f"{block['block_id']}--{element['action_id']}"

    def held(self, block: Json, element: Json) -> Any:
        key = HELD[element["type"]][0]
        return self.state[block["block_id"]][element["action_id"]].get(key)

    def chosen(self, block: Json, element: Json) -> list[str]:
        """The values or ids that are selected."""
        held = self.held(block, element)
        several = held if isinstance(held, list) else [held] if held else []
        return [each["value"] if isinstance(each, dict) else each for each in several]

    def value(self, block: Json, element: Json) -> str:
        """What stands in a field; a moment as the local time of the reader."""
        held = self.held(block, element)
        if element["type"] == "datetimepicker" and held is not None:
            return f"{datetime.fromtimestamp(held, ZoneInfo(self.reader.zone)):%Y-%m-%dT%H:%M}"
        if element["type"] == "rich_text_input" and held is not None:
            return self.reader.plain(rich_text(held))
        return str(held or "")

    def offered(self, element: Json) -> list[Json]:
        """The options of a menu; those for people and places come from the names the reader knows."""
        kind = element["type"].removeprefix("multi_").removesuffix("_select")
        if kind not in LETTERS:
            return list(element.get("options", []))
        known = [(name, id_) for id_, name in self.reader.names.items() if id_.startswith(LETTERS[kind])]
        return [
            {"value": id_, "text": {"type": "plain_text", "text": name, "emoji": False}}
            for name, id_ in sorted(known)
        ]

    def input_type(self, element: Json) -> str:
        return INPUT_TYPES.get(element["type"], "text")

    def leads(self, url: str | None) -> bool:
        return bool(url) and str(url).lower().startswith(("http://", "https://"))
