"""Python's websockets as a peer, see ../peer.ts: `python3 peer.py server|client compressed|plain`."""

import asyncio
import json
import sys
from http import HTTPStatus
from urllib.parse import urlsplit

from websockets.exceptions import ConnectionClosed, InvalidStatusCode
from websockets.legacy.client import connect
from websockets.legacy.server import serve

ROLE, COMPRESSION = sys.argv[1:]
OPTIONS = {
    "compression": "deflate" if COMPRESSION == "compressed" else None,
    "max_size": 2**24 + 2**16,
    "subprotocols": ["chat.v2"],
}


def write(value):
    print(json.dumps(value), flush=True)


class Line:
    """One connection, and what it does with what it hears."""

    def __init__(self, socket, path):
        self.socket = socket
        self.path = path
        self.fragment_count = 1
        self.pings = set()

    def tell(self, told, **more):
        write({"line": self.path, "told": told, **more})

    async def attend(self):
        extensions = ", ".join(extension.name for extension in self.socket.extensions)
        self.tell("open", protocol=self.socket.subprotocol or "", extensions=extensions)
        try:
            while True:
                await self.hear(await self.socket.recv())
        except ConnectionClosed:
            await self.socket.wait_closed()
            self.tell("closed", code=self.socket.close_code, reason=self.socket.close_reason)

    async def hear(self, message):
        if isinstance(message, str) and message.startswith("!"):
            name, *words = message[1:].split(" ")
            try:
                await getattr(self, name)(*words)
            except ConnectionClosed:
                raise
            except Exception as error:  # whatever it is, the test is told
                self.tell("failed", what=repr(error))
            return
        is_text = isinstance(message, str)
        size = len(message.encode()) if is_text else len(message)
        self.tell("message", kind="text" if is_text else "binary", bytes=size)
        await self.say(message)

    async def say(self, message):
        if self.fragment_count == 1:
            return await self.socket.send(message)
        length = -(-len(message) // self.fragment_count) or 1
        await self.socket.send([message[at : at + length] for at in range(0, len(message), length)])

    async def send(self, kind, size):
        content = (b"holdfast " * (int(size) // 9 + 1))[: int(size)]
        await self.say(content if kind == "binary" else content.decode())

    async def close(self, code, *reason):
        await self.socket.close(int(code), " ".join(reason))

    async def ping(self, payload):
        answered = await self.socket.ping(payload)

        async def wait():
            await answered
            self.tell("pong", payload=payload)

        task = asyncio.create_task(wait())
        self.pings.add(task)
        task.add_done_callback(self.pings.discard)

    async def fragments(self, count):
        self.fragment_count = int(count)


async def refuse(path, _headers):
    if path.startswith("/refuse/"):
        return HTTPStatus(int(path[len("/refuse/") :])), [], b"refused"


async def accept(socket):
    await Line(socket, socket.path).attend()


async def dial(url, protocols):
    path = urlsplit(url).path
    try:
        socket = await connect(url, **{**OPTIONS, "subprotocols": protocols or None})
    except InvalidStatusCode as refused:
        return write({"line": path, "told": "refused", "status": refused.status_code})
    except Exception as error:  # whatever it is, the test is told
        return write({"line": path, "told": "failed", "what": repr(error)})
    await Line(socket, path).attend()


async def main():
    loop = asyncio.get_running_loop()
    lines = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    port = 0
    if ROLE == "server":
        server = await serve(accept, "127.0.0.1", 0, process_request=refuse, **OPTIONS)
        port = server.sockets[0].getsockname()[1]
    write({"port": port})
    dials = set()
    async for line in lines:
        dials.add(loop.create_task(dial(**json.loads(line))))


asyncio.run(main())
