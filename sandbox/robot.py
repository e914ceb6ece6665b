"""A person who clicks: finds everything by its visible name and does only what Slack lets people do."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from sandbox.acts import clicking, commands, shortcuts, speaking
from sandbox.acts.outcome import Outcome
from sandbox.reading import Eyes
from sandbox.robot_choosing import choice, find_control
from sandbox.robot_modal import RobotModal
from sandbox.seen import NotVisible, Seen, find_button, find_entry, see_ephemeral, see_message
from sandbox.waiting import until

if TYPE_CHECKING:
    from sandbox.channels import Channel
    from sandbox.people import Person
    from sandbox.slack import Slack


class SlackTrouble(AssertionError):
    """What Slack shows when the app did not do its part: a warning triangle, a failed command."""


class Robot:
    """One person of the workspace, driven by tests.

    Acts wait for the app's acknowledgement and raise SlackTrouble when Slack would show trouble;
    `patient=True` on an act returns the outcome instead.
    """

    def __init__(self, slack: Slack, person: str) -> None:
        self.slack = slack
        self.id = person
        self.eyes = Eyes(slack, person)

    @property
    def person(self) -> Person:
        return self.slack.workspace.people[self.id]

    # What this person does

    async def types(self, line: str, channel: str = "", *, patient: bool = False) -> Outcome:
        """Type a slash command in a channel, by name, or in the direct message with the app."""
        place = self._place(channel)
        return _checked(await commands.type_command(self.slack, self.id, place.id, line), patient=patient)

    async def says(
        self, text: str, channel: str = "", thread: Seen | None = None, *, wait: bool = True
    ) -> Seen:
        """Write a message in a channel, in a thread, or (no channel) to the app.

        Returns when the app has taken the event; `wait=False` returns at once.
        """
        place = thread.channel if thread else self._place(channel).id
        message = speaking.say(self.slack, self.id, place, text, thread.ts if thread else "")
        await self._taken(wait=wait)
        return see_message(self.slack, self.eyes, self.slack.workspace.channels[place], message)

    async def reacts(self, emoji: str, message: Seen, *, wait: bool = True) -> None:
        """Add a reaction, by its name without colons."""
        speaking.react(self.slack, self.id, message.channel, message.ts, emoji.strip(":"))
        await self._taken(wait=wait)

    async def edits(self, message: Seen, text: str, *, wait: bool = True) -> None:
        """Change one's own message."""
        speaking.edit(self.slack, self.id, message.channel, message.ts, text)
        await self._taken(wait=wait)

    async def deletes(self, message: Seen, *, wait: bool = True) -> None:
        """Delete a message: one's own, or as an admin anybody's."""
        speaking.delete(self.slack, self.id, message.channel, message.ts)
        await self._taken(wait=wait)

    async def clicks(
        self, label: str, message: Seen | None = None, *, nth: int = 0, patient: bool = False
    ) -> Outcome:
        """Press a button below a message, or (no message) below the newest visible one that has it."""
        seen = message or self._newest_with(label)
        place = self._at(seen)
        control = find_button(self.eyes, place.blocks, label, nth)
        return _checked(await clicking.act(self.slack, place, *control.ids), patient=patient)

    async def picks(self, entry: str, message: Seen | None = None, *, patient: bool = False) -> Outcome:
        """Choose an entry of a message's menu."""
        place = self._at(message or self._newest_with(entry))
        control, option = find_entry(self.eyes, place.blocks, entry)
        chosen = {"selected_option": option}
        return _checked(await clicking.act(self.slack, place, *control.ids, chosen), patient=patient)

    async def chooses(
        self, label: str, option: str, message: Seen, *, query: str | None = None, patient: bool = False
    ) -> Outcome:
        """Choose in a select, radio group or picker below a message."""
        place = self._at(message)
        control = find_control(self.eyes, place.blocks, label, 0, "this message")
        chosen = await choice(self.slack, self.eyes, place, control, option, query)
        return _checked(await clicking.act(self.slack, place, *control.ids, chosen), patient=patient)

    async def shortcut(self, name: str, message: Seen | None = None, *, patient: bool = False) -> Outcome:
        """Use a global shortcut, or a message's."""
        if message is None:
            outcome = await shortcuts.use_global(self.slack, self.id, name)
        else:
            outcome = await shortcuts.use_on_message(self.slack, self.id, name, message.channel, message.ts)
        return _checked(outcome, patient=patient)

    async def opens_home(self, *, wait: bool = True) -> None:
        """Look at the app's Home tab."""
        shortcuts.open_app(self.slack, self.id, "home")
        await self._taken(wait=wait)

    # What this person sees

    def sees(self, channel: str) -> list[Seen]:
        """The messages of a channel, oldest first, with what only this person sees among them."""
        return self._see(self.slack.workspace.channel(channel))

    def inbox(self) -> list[Seen]:
        """The direct message with the app."""
        direct = self.slack.workspace.existing_direct({self.slack.app.bot_user, self.id})
        return self._see(direct) if direct else []

    @property
    def ephemerals(self) -> list[Seen]:
        """Everything only this person sees, oldest first."""
        shown = self.slack.ephemerals.get(self.id, [])
        return [see_ephemeral(self.slack, self.eyes, message) for message in shown]

    @property
    def modal(self) -> RobotModal:
        """The modal on top; raises NotVisible when none is open."""
        view = self.slack.view_on_top(self.id)
        if view is None:
            raise NotVisible(f"no modal is open for {self.person.name}")
        return RobotModal(self.slack, self.eyes, view.id, _checked)

    @property
    def has_modal(self) -> bool:
        return self.slack.view_on_top(self.id) is not None

    @property
    def home(self) -> RobotModal:
        """App Home as last published; clicked like a modal."""
        view = self.slack.homes.get(self.id)
        if view is None:
            raise NotVisible(f"{self.person.name} has no App Home yet")
        return RobotModal(self.slack, self.eyes, view, _checked)

    def again(self, message: Seen) -> Seen:
        """The same message as it looks now; raises NotVisible when it is gone."""
        channel = self.slack.workspace.channels[message.channel]
        for seen in self._all(self._see(channel)):
            if seen.ts == message.ts:
                return seen
        raise NotVisible(f"gone: {message}")

    async def until(self, holds: Callable[[], bool], seconds: float = 5.0) -> bool:
        """Wait until something is visible; raises TimeoutError."""
        return await until(self.slack, holds, seconds)

    async def _taken(self, *, wait: bool) -> None:
        if wait:
            await self.slack.settle()

    def _place(self, channel: str) -> Channel:
        if channel:
            return self.slack.workspace.channel(channel)
        return self.slack.workspace.direct(self.slack.app.bot_user, self.id)

    def _see(self, channel: Channel) -> list[Seen]:
        if channel not in self.slack.workspace.visible_to(self.id):
            raise NotVisible(f"{self.person.name} does not see {channel.name or channel.id}")
        top = [see_message(self.slack, self.eyes, channel, message) for message in channel.top_level()]
        mine = [seen for seen in self.ephemerals if seen.channel == channel.id]
        return sorted([*top, *mine], key=lambda seen: float(seen.ts))

    def _all(self, seen: list[Seen]) -> list[Seen]:
        return [each for message in seen for each in (message, *message.thread)]

    def _newest_with(self, label: str) -> Seen:
        visible = [
            s for channel in self.slack.workspace.visible_to(self.id) for s in self._all(self._see(channel))
        ]
        offering = [seen for seen in visible if label in (*seen.buttons, *seen.menu)]
        if not offering:
            there = "\n".join(map(str, visible[-10:]))
            raise NotVisible(
                f"{self.person.name} sees no {label!r} anywhere; the newest messages are\n{there}"
            )
        return max(offering, key=lambda seen: float(seen.ts))

    def _at(self, seen: Seen) -> clicking.Place:
        return clicking.at_message(self.slack, self.id, seen.channel, seen.ts)


def _checked(outcome: Outcome, *, patient: bool) -> Outcome:
    if outcome.trouble and not patient:
        raise SlackTrouble(outcome.trouble)
    return outcome
