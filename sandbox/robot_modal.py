"""A modal, or App Home, in the hands of a robot."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sandbox.acts import clicking, forms
from sandbox.acts.outcome import Outcome
from sandbox.reading import Control, Eyes, controls, option_texts
from sandbox.robot_choosing import choice, find_control, ticked
from sandbox.seen import NotVisible, find_button, find_entry

if TYPE_CHECKING:
    from sandbox.refusal import Json
    from sandbox.slack import Slack
    from sandbox.views import View

TYPED = frozenset({"plain_text_input", "email_text_input", "url_text_input", "number_input"})


@dataclass(frozen=True, slots=True)
class RobotModal:
    """What stands in a window, by label, and how to use it; the same label twice needs `nth` (from 0)."""

    slack: Slack
    eyes: Eyes
    id: str
    check: Callable[..., Outcome]

    @property
    def view(self) -> View:
        view = self.slack.views.get(self.id)
        if view is None:
            raise NotVisible("this window is closed")
        return view

    @property
    def title(self) -> str:
        return self.eyes.label(self.view.content.get("title"))

    @property
    def texts(self) -> list[str]:
        """Everything to read, one entry for each block that says something."""
        read = [self.eyes.blocks([block]) for block in self.view.blocks]
        return [text for text in read if text]

    @property
    def text(self) -> str:
        return "\n".join(self.texts)

    @property
    def labels(self) -> list[str]:
        """The labels of all inputs and choices, in order."""
        return [control.label for control in self._controls() if control.kind != "button"]

    @property
    def inputs(self) -> list[tuple[str, int, str]]:
        """Every input and choice in order: its label, its `nth` among those of that label, its kind."""
        seen: Counter[str] = Counter()
        found = []
        for control in self._controls():
            if control.kind != "button":
                found.append((control.label, seen[control.label], control.kind))
                seen[control.label] += 1
        return found

    @property
    def buttons(self) -> list[str]:
        return [control.label for control in self._controls() if control.kind == "button"]

    @property
    def submit_label(self) -> str:
        return self.eyes.label(self.view.content.get("submit"))

    @property
    def close_label(self) -> str:
        return self.eyes.label(self.view.content.get("close"))

    @property
    def errors(self) -> dict[str, str]:
        """What stands in red, by label; of labels that occur again `label (2)` and so on."""
        labels: dict[str, str] = {}
        seen: Counter[str] = Counter()
        for control in self._controls():
            seen[control.label] += 1
            number = seen[control.label]
            labels[control.block["block_id"]] = f"{control.label} ({number})" if number > 1 else control.label
        return {labels[block]: text for block, text in self.view.errors.items()}

    def value(self, label: str, nth: int = 0) -> str | list[str] | None:
        """What an input shows now: typed text, or the visible text of what is chosen."""
        control = self._find(label, nth)
        held = self._held(control)
        if "selected_options" in held:
            return [self.eyes.label(option["text"]) for option in held["selected_options"]]
        option = held.get("selected_option")
        if option:
            return self.eyes.label(option["text"])
        values = [value for key, value in held.items() if key not in {"type", "timezone", "selected_option"}]
        return None if not values or values[0] is None else str(values[0])

    def options(self, label: str, nth: int = 0) -> list[str]:
        """What can be chosen without searching."""
        return option_texts(self.eyes, self._find(label, nth).element)

    async def search(self, label: str, query: str, nth: int = 0) -> list[str]:
        """Type into a searching select; the texts it offers."""
        outcome = await self._suggest(self._find(label, nth), query)
        return [self.eyes.label(option["text"]) for option in outcome.options]

    async def fill(self, label: str, text: str, nth: int = 0, *, enter: bool = False) -> Outcome:
        """Type into an input; `enter` presses Enter afterwards."""
        control = self._find(label, nth)
        if control.kind not in TYPED:
            raise NotVisible(f"{label!r} is a {control.kind}, not something to type in")
        return await self._put(control, {"value": text or None}, enter=enter)

    async def choose(self, label: str, option: str, nth: int = 0, *, query: str | None = None) -> Outcome:
        """Choose by visible text: selects (searching with `query`), radios, people, dates and times."""
        control = self._find(label, nth)
        place = clicking.in_view(self.slack, self.eyes.person, self.id)
        return await self._put(control, await choice(self.slack, self.eyes, place, control, option, query))

    async def clear(self, label: str, nth: int = 0) -> Outcome:
        """Empty an input or a choice."""
        control = self._find(label, nth)
        held = [(key, value) for key, value in self._held(control).items() if key not in {"type", "timezone"}]
        return await self._put(control, {key: [] if isinstance(value, list) else None for key, value in held})

    async def tick(self, option: str, *, ticked_now: bool = True) -> Outcome:
        """Tick a checkbox by its visible text."""
        boxes = [c for c in self._controls() if c.kind == "checkboxes"]
        for control in boxes:
            if option in option_texts(self.eyes, control.element):
                return await self._put(
                    control, ticked(self.eyes, control, self._held(control), option, ticked_now)
                )
        raise NotVisible(
            f"no box {option!r}; there are {[option_texts(self.eyes, b.element) for b in boxes]}"
        )

    async def untick(self, option: str) -> Outcome:
        return await self.tick(option, ticked_now=False)

    async def click(self, label: str, nth: int = 0, *, patient: bool = False) -> Outcome:
        """Press a button inside the window (not its submit)."""
        control = find_button(self.eyes, self.view.blocks, label, nth)
        place = clicking.in_view(self.slack, self.eyes.person, self.id)
        return self.check(await clicking.act(self.slack, place, *control.ids), patient=patient)

    async def picks(self, entry: str) -> Outcome:
        """Choose an entry of a menu inside the window."""
        control, option = find_entry(self.eyes, self.view.blocks, entry)
        place = clicking.in_view(self.slack, self.eyes.person, self.id)
        chosen = {"selected_option": option}
        return self.check(await clicking.act(self.slack, place, *control.ids, chosen), patient=False)

    async def submit(self, *, patient: bool = False) -> Outcome:
        """Press the submit button; errors under fields are in the outcome and in `errors`."""
        self._on_top()
        return self.check(await forms.submit(self.slack, self.eyes.person), patient=patient)

    async def close(self, *, everything: bool = False) -> None:
        """Press the close button, or the cross that dismisses the whole stack."""
        self._on_top()
        await forms.close(self.slack, self.eyes.person, everything=everything)

    def _on_top(self) -> None:
        top = self.slack.view_on_top(self.eyes.person)
        if top is None or top.id != self.id:
            raise NotVisible("this window is not on top any more")

    def _controls(self) -> list[Control]:
        return list(controls(self.eyes, self.view.blocks))

    def _find(self, label: str, nth: int) -> Control:
        return find_control(self.eyes, self.view.blocks, label, nth, repr(self.title))

    def _held(self, control: Control) -> Json:
        block, action = control.ids
        held: Json = self.view.state[block][action]
        return held

    async def _put(self, control: Control, chosen: Json, *, enter: bool = False) -> Outcome:
        person = self.eyes.person
        outcome = await forms.fill_in(self.slack, person, self.id, *control.ids, chosen, enter=enter)
        return self.check(outcome, patient=False)

    async def _suggest(self, control: Control, query: str) -> Outcome:
        place = clicking.in_view(self.slack, self.eyes.person, self.id)
        return self.check(await clicking.suggest(self.slack, place, *control.ids, query), patient=False)
