"""Addresses of messages and channels, built from the workspace's own address without asking Slack."""

from __future__ import annotations


def permalink(url: str, channel: str | None, ts: str | None) -> str:
    """Where a message stands; empty while it is not posted or the address is not known."""
    if not url or not channel or not ts:
        return ""
    return f"{url.rstrip('/')}/archives/{channel}/p{ts.replace('.', '')}"


def channel_address(url: str, channel: str | None) -> str:
    """Where a channel is; empty while its address is not known."""
    return f"{url.rstrip('/')}/archives/{channel}" if url and channel else ""
