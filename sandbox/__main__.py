"""`python -m sandbox [manifest] [port]`: the sandbox alone, with a small workspace, until Ctrl-C."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from sandbox.clock import WallClock
from sandbox.example import example
from sandbox.manifest import ManifestRefused, load
from sandbox.page_server import page
from sandbox.server import serve

MANIFEST = Path(__file__).parent.parent / "app.yaml"


async def run(manifest: Path, port: int) -> None:
    """Start, say how to connect, and stay."""
    slack = example(WallClock(), load(manifest))
    async with serve(slack, port=port, extend=page()) as server:
        print(f"The page is at {server.url}/", flush=True)  # noqa: T201
        print(f"SLACK_API_URL={server.api_url}")  # noqa: T201
        print(f"SLACK_BOT_TOKEN={slack.bot_token()}")  # noqa: T201
        print(f"SLACK_APP_TOKEN={slack.app_token}", flush=True)  # noqa: T201
        await asyncio.Event().wait()


def main(arguments: list[str]) -> int:
    """Read the arguments and run; 2 when the manifest cannot be used."""
    manifest = Path(arguments[0]) if arguments else MANIFEST
    port = int(arguments[1]) if len(arguments) > 1 else 0
    try:
        asyncio.run(run(manifest, port))
    except KeyboardInterrupt:
        return 0
    except (OSError, ManifestRefused) as reason:
        print(reason, file=sys.stderr)  # noqa: T201
        return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
