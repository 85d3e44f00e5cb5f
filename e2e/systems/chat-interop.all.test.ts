import { connect, type Message, type NodeClient } from '@holdfast/node';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { ChatReply, ChatRequest } from '../../docs/systems/chat/protocol.ts';
import { startDemoServer } from '../../docs/demo-server/server.ts';
import { launchChromium } from '../browser/chromium.ts';
import { openPlayground, Pane } from '../demo/playground-page.ts';
import { StartProcess } from '../demo/start-process.ts';
import { testMissing } from '../peers/describe-peer.ts';
import { gorilla, startGorillaChat } from '../peers/gorilla.ts';
import { python, startPythonChat } from '../peers/python.ts';

/** A room to which the page is sent as it is. */
interface ChatServer {
  readonly name: string;
  /** What is missing on this machine. */
  readonly missing: string | undefined;
  start(): Promise<{ url: string; stop(): Promise<void> }>;
}

async function demo(): Promise<{ url: string; stop(): Promise<void> }> {
  const { port, stop } = await startDemoServer(0, { maxMembers: 32 });
  return { url: `ws://127.0.0.1:${port}`, stop };
}

const missingOf = async (peer: ReturnType<typeof gorilla>) => {
  const presence = await peer.find();
  return 'missing' in presence ? presence.missing : undefined;
};

const servers: readonly ChatServer[] = [
  { name: 'the demo server', missing: undefined, start: demo },
  { name: 'gorilla/websocket in Go', missing: await missingOf(gorilla('server')), start: startGorillaChat },
  { name: 'websockets in Python', missing: await missingOf(python('server')), start: startPythonChat },
];

let site: StartProcess;
let browser: Browser;
let base: string;

beforeAll(async () => {
  site = new StartProcess();
  browser = await launchChromium();
  [base] = await site.line(/http:\/\/localhost:\d+/);
});
afterAll(async () => {
  await browser.close();
  await site.stop();
});

/** A member of the room in Node, by our client. */
class Member {
  readonly client: NodeClient;
  readonly #replies: AsyncGenerator<Message>;

  constructor(url: string) {
    this.client = connect(url, { reconnect: false });
    this.#replies = this.client[Symbol.asyncIterator]();
  }

  ask(request: ChatRequest): void {
    this.client.send(JSON.stringify(request));
  }

  /** The next reply. */
  async reply(): Promise<ChatReply> {
    const { value } = await this.#replies.next();
    return JSON.parse(String(value)) as ChatReply;
  }

  /** The next reply of this type; others before it are passed over. */
  async reach<T extends ChatReply['type']>(type: T): Promise<Extract<ChatReply, { type: T }>> {
    for (;;) {
      const reply = await this.reply();
      if (reply.type === type) return reply as Extract<ChatReply, { type: T }>;
    }
  }
}

for (const server of servers) describeServer(server);

function describeServer({ name, missing, start }: ChatServer): void {
  const pair = `the chat page and ${name}`;
  if (missing !== undefined) return testMissing(pair, missing);
  describe(pair, () => {
    describeRoom(start);
  });
}

function describeRoom(start: ChatServer['start']): void {
  let server: Awaited<ReturnType<ChatServer['start']>>;
  // A room of its own for each test: nobody of the one before is still leaving.
  beforeEach(async () => {
    server = await start();
  });
  afterEach(() => server.stop());

  test('two clients of a page and one in Node hear each other come, speak, change their name and go', async () => {
    const { page, errors } = await openPlayground(browser, base, 'url');
    onTestFinished(() => page.close());
    await page.getByTestId('url').fill(`${server.url}/chat`);
    const [a, b] = [new Pane(page.getByTestId('pane-a')), new Pane(page.getByTestId('pane-b'))];
    await a.connect();
    await a.messages.getByText(/^You are /).waitFor();
    await b.connect();
    await a.messages.getByText(/ joined$/).waitFor();

    const member = new Member(`${server.url}/chat`);
    const welcome = await member.reach('welcome');
    expect(welcome.members).toHaveLength(3);
    expect(welcome.members).toContain(welcome.name);
    await Promise.all([a, b].map((pane) => pane.shows(`${welcome.name} joined`)));

    await a.say('hello from the page, 界 🎈');
    await a.marksLastOwn('delivered');
    await b.shows('hello from the page, 界 🎈');
    const said = await member.reach('said');
    expect(said).toMatchObject({ text: 'hello from the page, 界 🎈', from: welcome.members[0] });

    member.ask({ type: 'say', text: 'hello from <Node> & more' });
    await Promise.all([a, b].map((pane) => pane.shows('hello from <Node> & more')));

    member.ask({ type: 'rename', name: ' Ada ' });
    await Promise.all([a, b].map((pane) => pane.shows(`${welcome.name} is now Ada`)));
    expect(await member.reach('renamed')).toMatchObject({ name: 'Ada', was: welcome.name });

    // The heartbeat of a page is a probe: an answer that is known as one is shown as a time.
    await expect.poll(() => a.eventTypes(), { timeout: 15_000 }).toContain('latency');
    expect(await a.messages.getByText('probe-reply').count()).toBe(0);

    await member.client.close();
    await Promise.all([a, b].map((pane) => pane.shows('Ada left')));
    await b.disconnect();
    await a.messages
      .getByText(/ left$/)
      .nth(1)
      .waitFor();
    await a.disconnect();
    expect(errors).toEqual([]);
  });

  test('what cannot be carried out is refused with its code, and the connection stays', async () => {
    const member = new Member(`${server.url}/chat`);
    onTestFinished(async () => void (await member.client.close()));
    const { name } = await member.reach('joined');
    const wrong: [string | Uint8Array, string][] = [
      [Uint8Array.of(1), 'binary'],
      ['hello', 'not-json'],
      ['[]', 'not-json'],
      ['{"type":"shout"}', 'unknown-type'],
      ['{"type":"say","text":" "}', 'empty'],
      ['{"type":"say"}', 'not-a-string'],
      ['{"type":"say","text":"a","id":7}', 'not-a-string'],
      [JSON.stringify({ type: 'say', text: '😀'.repeat(1001) }), 'too-long'],
      [JSON.stringify({ type: 'rename', name: 'x'.repeat(33) }), 'too-long'],
    ];
    const codes: [string | Uint8Array, string | undefined][] = [];
    for (const [message] of wrong) {
      member.client.send(message);
      const reply = await member.reply();
      codes.push([message, reply.type === 'error' ? reply.code : reply.type]);
    }
    expect(codes).toEqual(wrong);
    member.ask({ type: 'say', text: '😀'.repeat(1000), id: 'mark' });
    expect(await member.reply()).toEqual({ type: 'said', from: name, text: '😀'.repeat(1000), id: 'mark' });
    member.ask({ type: 'probe' });
    expect(await member.reply()).toEqual({ type: 'probe-reply' });
  });

  test('who comes to a full room is sent away', async () => {
    const members = Array.from({ length: 32 }, () => new Member(`${server.url}/chat`));
    onTestFinished(async () => void (await Promise.all(members.map(({ client }) => client.close()))));
    await Promise.all(members.map((member) => member.reach('welcome')));
    const late = new Member(`${server.url}/chat`);
    expect(await new Promise((resolve) => late.client.on('closed', resolve))).toMatchObject({ code: 1013 });
  });

  test('a message beyond the limit ends the connection with 1009', async () => {
    const member = new Member(`${server.url}/chat`);
    await member.reach('welcome');
    const closed = new Promise((resolve) => member.client.on('closed', resolve));
    member.ask({ type: 'say', text: 'x'.repeat(20_000) });
    expect(await closed).toMatchObject({ code: 1009 });
  });
}
