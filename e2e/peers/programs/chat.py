"""The chat room of docs/systems/chat with Python's websockets, for ../../systems/chat-servers.ts: `python3 chat.py server plain`."""

import asyncio
import itertools
import json
import sys
from collections import deque
from urllib.parse import parse_qs, urlsplit

from websockets.exceptions import ConnectionClosed
from websockets.legacy.server import serve

MAX_MEMBERS = 32
LIMITS = {"text": 2000, "name": 32, "id": 64}

members = {}
history = deque(maxlen=50)
numbers = itertools.count(1)


def write(**reply):
    # Without blanks, as a probe's reply is known by its bytes.
    return json.dumps(reply, separators=(",", ":"))


def fault(code, message):
    return {"type": "error", "code": code, "message": message}


def check(field, value):
    """What is wrong with a text, or None."""
    if not isinstance(value, str):
        return fault("not-a-string", f"{field} must be a string")
    if not value.strip():
        return fault("empty", f"{field} is empty")
    length = len(value.encode("utf-16-le")) // 2
    return fault("too-long", f"{field} has {length} characters") if length > LIMITS[field] else None


def parse(message):
    """The request in a message, or what is wrong with it."""
    if not isinstance(message, str):
        return fault("binary", "the message is binary; the chat takes text")
    try:
        request = json.loads(message)
    except ValueError:
        request = None
    if not isinstance(request, dict):
        return fault("not-json", "a message is one JSON object")
    fields = {"say": ["text", "id"] if "id" in request else ["text"], "rename": ["name"], "probe": []}.get(request.get("type"))
    if fields is None:
        return fault("unknown-type", 'type may be "say", "rename" or "probe"')
    wrong = [found for found in (check(field, request.get(field)) for field in fields) if found]
    return wrong[0] if wrong else request


async def tell(socket, **reply):
    try:
        await asyncio.wait_for(socket.send(write(**reply)), 5)
    except (ConnectionClosed, asyncio.TimeoutError):
        pass  # its own loop tells that it has left


async def tell_all(**entry):
    if entry["type"] == "said":
        history.append(entry)
    await asyncio.gather(*(tell(socket, **entry) for socket in list(members)))


def free_name(wanted):
    names = (wanted if number == 1 else f"{wanted} {number}" for number in itertools.count(1))
    return next(name for name in names if name not in members.values())


def name_of(path):
    name = parse_qs(urlsplit(path).query).get("name", [""])[0].strip()
    return free_name(name if name and check("name", name) is None else f"Python {next(numbers)}")


async def rename(socket, wanted):
    was = members[socket]
    if wanted == was:
        return
    members[socket] = free_name(wanted)
    await tell_all(type="renamed", name=members[socket], was=was)


async def hear(socket, request):
    kind = request.pop("type")
    if kind == "say":
        said = {key: request[key] for key in ("text", "id") if key in request}
        await tell_all(**{"type": "said", "from": members[socket], **said})
    elif kind == "rename":
        await rename(socket, request["name"].strip())
    elif kind == "probe":
        await tell(socket, type="probe-reply")
    else:
        await tell(socket, type=kind, **request)


async def attend(socket, path):
    if len(members) >= MAX_MEMBERS:
        await socket.close(1013, "the room is full")
        return
    name = name_of(path)
    # Whoever speaks from now on is heard behind the welcome.
    members[socket] = name
    await tell(socket, type="welcome", name=name, members=list(members.values()), history=list(history))
    await tell_all(type="joined", name=name)
    try:
        async for message in socket:
            await hear(socket, parse(message))
    except ConnectionClosed:
        pass
    left = members.pop(socket)
    await tell_all(type="left", name=left)


async def main():
    compression = "deflate" if sys.argv[2] == "compressed" else None
    async with serve(attend, "127.0.0.1", 0, compression=compression, max_size=16 * 1024) as server:
        print(json.dumps({"port": server.sockets[0].getsockname()[1]}), flush=True)
        # Whoever started it ends it by the end of its input.
        await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


asyncio.run(main())
