"""Every id this slice uses in Slack. They stand in messages for years: never rename one, only add."""

from __future__ import annotations

COMMAND = "/ai-council"
