import { expect, test, vi } from 'vitest';
import { joinChat } from './codecs-client.ts';
import { messages } from './codecs-messages.ts';
import { fields, pairs, strict } from './codecs-own.ts';

const kit = await vi.hoisted(async () => (await import('holdfast/testing')).createTestKit());
vi.mock('holdfast', async (importOriginal) => ({ ...(await importOriginal<object>()), connect: kit.connect }));

test('a chat shows what is said, and says nothing that is empty', async () => {
  const lines: string[] = [];
  const { say, leave } = joinChat('wss://example.org/chat', (line) => lines.push(line));
  say(' hello ');
  expect(() => say(' ')).toThrow('invalid-message: text: ');

  const connection = await kit.server.connection();
  expect(messages.flip().decode(await connection.message())).toEqual({ type: 'say', text: 'hello' });
  connection.send(messages.flip().encode({ type: 'joined', name: 'ann' }));
  connection.send('{"type":"left"}');
  connection.send(messages.flip().encode({ type: 'said', name: 'ann', text: 'hi' }));
  await kit.clock.settle();
  expect(lines).toEqual(['ann is here', expect.stringMatching(/^ignored: schema-mismatch: type: /), 'ann: hi']);
  void leave();
});

test('a codec of the app says what it cannot send, and a schema may say more', () => {
  expect(fields.decode(fields.encode(['a', 'b']) as string)).toEqual(['a', 'b']);
  const { send } = kit.connect('wss://example.org/', { codec: fields });
  expect(() => send(['a\tb'])).toThrow('invalid-message: Error: a field has a tab in it');
  expect(() => pairs.decode('a\tb\tc')).toThrow('schema-mismatch');
});

test('a policy decides for each bad message', () => {
  const warn = vi.spyOn(console, 'warn').mockReturnValue();
  expect(() => strict.decode('{')).toThrow(expect.objectContaining({ closeCode: 1007 }));
  expect(() => strict.decode('{"celsius":"hot"}')).toThrow(expect.not.objectContaining({ closeCode: 1007 }));
  expect(warn).toHaveBeenCalledWith('schema-mismatch', [expect.objectContaining({ type: 'number' })], 17);
  warn.mockRestore();
});
