import { describe, expect, test } from 'vitest';
import type { ClientEvent, ClosedEvent } from '../events/client-event.ts';
import type { Outgoing } from '../message.ts';
import { createEmitter } from '../events/emitter.ts';
import { iterateMessages } from './iterate-messages.ts';

const closed: ClosedEvent = { type: 'closed', code: 1000, reason: '', wasClean: true };

function startReading(maxUnreadBytes?: number) {
  const [on, emit] = createEmitter<ClientEvent<string>>();
  const messages = iterateMessages<string, Outgoing>(on, undefined, maxUnreadBytes);
  const receive = (...data: string[]) => {
    for (const each of data) emit({ type: 'message', data: each });
  };
  return { messages, receive, end: () => emit(closed) };
}

describe('a reader of messages', () => {
  test('has all that came since it was made, in order, and the end', async () => {
    const { messages, receive, end } = startReading();
    receive('a', '', 'b');
    end();
    const read: string[] = [];
    for await (const message of messages) read.push(message);
    expect(read).toEqual(['a', '', 'b']);
  });

  test('waits for the next', async () => {
    const { messages, receive } = startReading();
    const next = messages.next();
    receive('late');
    expect(await next).toEqual({ value: 'late', done: false });
  });

  test('that falls behind gets what was kept, and is then told so', async () => {
    const { messages, receive, end } = startReading(4);
    receive('12', '34', '5', '6');
    end();
    expect([await messages.next(), await messages.next()]).toMatchObject([{ value: '12' }, { value: '34' }]);
    await expect(messages.next()).rejects.toMatchObject({ code: 'reader-too-slow' });
    expect((await messages.next()).done).toBe(true);
  });

  test('may be behind by the limit again and again, and by one message of any length', async () => {
    const { messages, receive } = startReading(4);
    for (const text of ['1234', '123456789', 'abcd']) {
      receive(text);
      expect((await messages.next()).value).toBe(text);
    }
  });

  test('that leaves keeps nothing more', async () => {
    const { messages, receive } = startReading();
    receive('a');
    await messages.return(undefined);
    receive('b');
    expect((await messages.next()).done).toBe(true);
  });
});
