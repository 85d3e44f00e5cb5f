"""A delivery server on Python's websockets, by docs/protocols/delivery.md: `python3 delivery.py`, which prints its port.

It sends back each message that it gets, keeps its sessions in memory, and forgets the one that says `!forget`.
"""

import asyncio
import json
import re
import secrets
import sys
from collections import deque
from contextlib import suppress

from websockets.exceptions import ConnectionClosed
from websockets.legacy.server import serve

PROTOCOL = "holdfast.delivery.v1"
WINDOW = 256  # messages that are not acknowledged
HELLO_LIMIT, CLOSE_LIMIT, KEEP = 10, 10, 120  # seconds
NUMBER = re.compile("[1-9][0-9]{0,15}")
NAME = re.compile("[A-Za-z0-9_-]{1,128}")
WORD = re.compile("(ack|hello|welcome) (.{1,512})")


class Fault(Exception):
    """The peer broke a rule. Its name is the reason of the close frame."""


def need(is_so, fault="packet-malformed"):
    if not is_so:
        raise Fault(fault)


def parse(packet):
    """What a message says: a type, and what belongs to it."""
    is_text = isinstance(packet, str)
    if not is_text or packet[:1].isdecimal():
        digits, colon, payload = packet.partition(":" if is_text else b":")
        need(colon)
        return "data", (parse_number(digits if is_text else digits.decode("latin-1")), payload)
    if packet in ("ping", "pong", "bye"):
        return packet, None
    word = WORD.fullmatch(packet)
    need(word)
    kind, rest = word.groups()
    if kind == "ack":
        return kind, 0 if rest == "0" else parse_number(rest)
    return kind, parse_greeting(rest)


def parse_number(digits):
    need(NUMBER.fullmatch(digits) and int(digits) < 2**53)
    return int(digits)


def parse_greeting(text):
    try:
        greeting = json.loads(text)
        name, received, first = greeting.get("session", "none"), greeting["received"], greeting["first"]
        need(type(received) is type(first) is int)  # True is no number, though an instance of int
        need(0 <= received < 2**53 and 1 <= first < 2**53 and NAME.fullmatch(name))
    except (ValueError, AttributeError, KeyError, TypeError):
        raise Fault("packet-malformed") from None
    return greeting


class Session:
    """The server's end of a session, from link to link."""

    known = {}

    def __init__(self):
        self.name = secrets.token_urlsafe(16)  # 128 bits: who knows them may resume
        self.known[self.name] = self
        self.received = 0  # the number of the last message that arrived
        self.first = 1  # the number of the oldest message that is kept, or of the next
        self.kept, self.inbox, self.room = deque(), asyncio.Queue(), asyncio.Semaphore(WINDOW)
        self.detach()
        self.app = asyncio.create_task(echo(self))

    @property
    def next(self):
        return self.first + len(self.kept)

    async def send(self, message):
        """Sends over this link and those to come; waits first while the window is full."""
        await self.room.acquire()
        number = f"{self.next}:"
        packet = number + message if isinstance(message, str) else number.encode() + message
        self.kept.append(packet)
        self.tell(packet)

    async def take(self):
        """The next message. Only what the app has taken is acknowledged: so the client's window bounds what waits."""
        message = await self.inbox.get()
        self.acknowledge()
        return message

    def tell(self, packet):
        if self.link:
            self.outbox.put_nowait(packet)

    def attach(self, socket, outbox, greeting):
        """Goes on over this link; one that it still had is closed."""
        need(greeting["received"] < self.next, "acknowledged-unsent")
        need(greeting["first"] <= self.received + 1, "message-missing")
        self.expiry.cancel()
        if self.link:
            self.closing = asyncio.create_task(self.link.close(1008, "session-taken"))
        self.link, self.outbox = socket, outbox
        self.release(greeting["received"])
        self.tell("welcome " + json.dumps({"session": self.name, "received": self.received, "first": self.first}))
        for packet in self.kept:
            self.tell(packet)

    def detach(self):
        self.link = self.outbox = None
        self.expiry = asyncio.get_running_loop().call_later(KEEP, self.forget)

    def forget(self):
        self.known.pop(self.name, None)
        self.link = None
        self.app.cancel()

    def hear(self, kind, said):
        if kind == "data":
            number, message = said
            need(number <= self.received + 1, "message-missing")
            if number <= self.received:
                return self.acknowledge()
            self.received = number
            self.inbox.put_nowait(message)
        elif kind == "ack":
            need(said < self.next, "acknowledged-unsent")
            self.release(said)
        elif kind == "ping":
            self.tell("pong")
        elif kind == "bye":
            self.forget()
        else:
            need(kind == "pong", "packet-unexpected")

    def release(self, number):
        while self.first <= number:
            self.kept.popleft()
            self.first += 1
            self.room.release()

    def acknowledge(self):
        self.tell(f"ack {self.received - self.inbox.qsize()}")


async def write(socket, outbox):
    with suppress(ConnectionClosed):  # who reads sees it too
        while True:
            await socket.send(await outbox.get())


async def attend(socket):
    """One link, from its hello to its end."""
    session, outbox = None, asyncio.Queue()
    writer = asyncio.create_task(write(socket, outbox))
    try:
        kind, hello = parse(await asyncio.wait_for(socket.recv(), HELLO_LIMIT))
        need(kind == "hello", "packet-unexpected")
        known = Session.known.get(hello.get("session"))
        session = known or Session()
        session.attach(socket, outbox, hello if known else {"received": 0, "first": 1})
        while session.link is socket:
            packet = await socket.recv()
            if session.link is socket:  # else another link has it: what comes here counts no more
                session.hear(*parse(packet))
        await asyncio.wait_for(socket.wait_closed(), CLOSE_LIMIT)
    except Fault as fault:
        await socket.close(4002, str(fault))
    except (ConnectionClosed, asyncio.TimeoutError):
        pass
    finally:
        writer.cancel()
        if session and session.link is socket:
            session.detach()


async def echo(session):
    while True:
        message = await session.take()
        if message == "!forget":
            session.closing = asyncio.create_task(session.link.close(1012, "forgotten"))
            session.forget()
        await session.send(message)


async def main():
    server = await serve(attend, "127.0.0.1", 0, subprotocols=[PROTOCOL], max_size=2**20 + 17)
    print(json.dumps({"port": server.sockets[0].getsockname()[1]}), flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)  # its end ends us


asyncio.run(main())
