"""Slack's text markup: what it means, whom it pings, what a person reads of it."""

from sandbox.mrkdwn.escaping import escape, unescape
from sandbox.mrkdwn.parsing import parse
from sandbox.mrkdwn.pings import Ping, pings
from sandbox.mrkdwn.reader import Reader, html, plain
from sandbox.mrkdwn.reading import blocks_plain, view_plain
from sandbox.mrkdwn.rich_text import rich_text
from sandbox.mrkdwn.token import Token

__all__ = [
    "Ping",
    "Reader",
    "Token",
    "blocks_plain",
    "escape",
    "html",
    "parse",
    "pings",
    "plain",
    "rich_text",
    "unescape",
    "view_plain",
]
