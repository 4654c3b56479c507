"""A WebSocket relay on asyncio, which sends every message to both members of a pair."""

import asyncio
import sys
from collections import defaultdict
from typing import Any

from websockets.asyncio.server import ServerConnection, broadcast, serve

pairs: defaultdict[str, set[ServerConnection]] = defaultdict(set)


async def relay(connection: ServerConnection) -> None:
    """Join the pair in the path, and relay messages."""
    assert connection.request
    pair = pairs[connection.request.path]
    pair.add(connection)
    async for message in connection:
        broadcast(pair, message)


async def main() -> None:
    """Serve until stopped."""
    bare: dict[str, Any] = {"compression": None, "ping_interval": None}
    async with serve(relay, "127.0.0.1", int(sys.argv[1]), **bare) as server:
        await server.serve_forever()


asyncio.run(main())
