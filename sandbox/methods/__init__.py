"""Slack's Web API, one small family of methods per file."""

from __future__ import annotations

from sandbox.methods import (
    apps,
    auth,
    bookmarks,
    chat,
    chat_scheduled,
    conversations,
    conversations_change,
    conversations_history,
    conversations_list,
    conversations_open,
    files,
    oauth,
    pins,
    reactions,
    usergroups,
    users,
    validate,
    views,
)
from sandbox.methods.registry import METHODS as CATALOGUE

FAMILIES = (
    apps,
    auth,
    bookmarks,
    chat,
    chat_scheduled,
    conversations,
    conversations_change,
    conversations_history,
    conversations_list,
    conversations_open,
    files,
    oauth,
    pins,
    reactions,
    usergroups,
    users,
    validate,
    views,
)

__all__ = ["CATALOGUE", "FAMILIES"]
