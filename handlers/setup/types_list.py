"""The list of conflict types: for everybody to read, for admins to change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from slack_sdk.models.blocks import Block, DividerBlock
from slack_sdk.models.views import View

from council.matrix import NOT_SURE_TYPE, ConflictType
from council.timeframes import describe
from council.workspace import Workspace
from handlers import forms, kit
from handlers.conflicts.rows import one_line
from handlers.setup.names import Acts, Views
from handlers.setup.seating import owner_words
from handlers.wording import read

SIZE = 40
"""Rows of one page; Slack shows a hundred blocks."""
INTRO = "Which kind of conflict goes to whom, and how fast. The form offers them in this order."


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How many conflicts of each type are open, and since when each type is as it is."""

    open: Mapping[str, int]
    since: Mapping[str, datetime]


def types_modal(workspace: Workspace, standing: Standing, start: int, *, admin: bool, meta: str) -> View:
    """One page of it, from the type at `start` on; without buttons for who may not change it."""
    rows = sorted(workspace.configuration.matrix, key=lambda row: row.retired)
    shown = rows[start : start + SIZE]
    blocks: list[Block] = [kit.text(INTRO)]
    blocks += [_row(row, workspace, standing, admin=admin) for row in shown if not row.retired]
    retired: list[Block] = [_row(row, workspace, standing, admin=admin) for row in shown if row.retired]
    blocks += [DividerBlock(), kit.text("*Retired:* not offered any more"), *retired] if retired else []
    if start + SIZE >= len(rows):
        blocks.append(kit.small(_not_sure(workspace)))
    row = _pages(start, len(rows)) + (_admin_buttons(workspace) if admin else [])
    return forms.modal(Views.TYPES, "Conflict types", [*blocks, *kit.buttons(row)], close="Done", meta=meta)


def _row(row: ConflictType, workspace: Workspace, standing: Standing, *, admin: bool) -> Block:
    parts = [owner_words(row.owner, workspace), read(describe(row.timeframe, workspace.calendar), workspace)]
    if count := standing.open.get(row.key, 0):
        parts.append(f"{count} open")
    if since := standing.since.get(row.key):
        parts.append(f"confirmed {_day(since, workspace)}")
    about = [one_line(row.description, 200)] if row.description else []
    block = kit.text("\n".join([kit.strong(row.name, 100), " · ".join(parts), *about]))
    if admin:
        edit = kit.button("Edit", Acts.EDIT_TYPE, row.key)
        block.accessory = kit.button("Restore", Acts.RESTORE, row.key) if row.retired else edit
    return block


def _day(at: datetime, workspace: Workspace) -> str:
    local = workspace.today(at)
    return f"<!date^{int(at.timestamp())}^{{date_short}}|{local.day} {local:%b %Y}>"


def _not_sure(workspace: Workspace) -> str:
    owner = owner_words(NOT_SURE_TYPE.owner, workspace)
    return f"*Not sure* is always the last one: {owner} sorts it within 24 hours."


def _pages(start: int, count: int) -> list[kit.Pressable]:
    pages: list[kit.Pressable] = []
    if start:
        pages.append(kit.button("Previous", Acts.TYPES_PAGE, f"-{max(start - SIZE, 0)}"))
    if start + SIZE < count:
        pages.append(kit.button("More", Acts.TYPES, str(start + SIZE)))
    return pages


def _admin_buttons(workspace: Workspace) -> list[kit.Pressable]:
    several = sum(not row.retired for row in workspace.configuration.matrix) > 1
    return [
        kit.button("Add a type", Acts.ADD_TYPE, "new"),
        *([kit.button("Reorder", Acts.REORDER, "order")] if several else []),
        kit.button("Versions", Acts.VERSIONS, "newest"),
        kit.button("Set up", Acts.HUB, "all"),
    ]
