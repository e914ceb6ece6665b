"""The pictures behind the emoji names the page meets; other names stay readable as `:name:`."""

from __future__ import annotations

import re

PICTURES = {
    "+1": "👍",
    "-1": "👎",
    "alarm_clock": "⏰",
    "arrow_right": "➡️",
    "ballot_box_with_check": "☑️",
    "bell": "🔔",
    "calendar": "📅",
    "clipboard": "📋",
    "clock3": "🕒",
    "eyes": "👀",
    "fire": "🔥",
    "hammer": "🔨",
    "heart": "❤️",
    "heavy_check_mark": "✔️",
    "hourglass": "⌛",
    "hourglass_flowing_sand": "⏳",
    "large_blue_circle": "🔵",
    "large_green_circle": "🟢",
    "large_yellow_circle": "🟡",
    "lock": "🔒",
    "memo": "📝",
    "no_entry": "⛔",
    "pushpin": "📌",
    "question": "❓",
    "red_circle": "🔴",
    "rotating_light": "🚨",
    "scales": "⚖️",
    "smile": "😄",
    "speech_balloon": "💬",
    "tada": "🎉",
    "thumbsdown": "👎",
    "thumbsup": "👍",
    "warning": "⚠️",
    "wave": "👋",
    "white_check_mark": "✅",
    "x": "❌",
}
_NAME = re.compile(r":([a-z0-9_+-]+(?:::skin-tone-[2-6])?):")
_TONES = {f"skin-tone-{number}": chr(0x1F3F9 + number) for number in range(2, 7)}


def picture(name: str) -> str:
    """The character of an emoji name, with its skin tone if it has one."""
    base, _, tone = name.partition("::")
    return PICTURES[base] + _TONES.get(tone, "") if base in PICTURES else f":{name}:"


def pictured(text: str) -> str:
    """A plain text with its emoji names as characters."""
    return _NAME.sub(lambda match: picture(match[1]), text)
