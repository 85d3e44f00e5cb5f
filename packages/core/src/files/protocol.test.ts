import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { FilesPair, memorySource } from './files-pair.test-helper.ts';

const page = readFileSync(new URL('../../../../docs/protocols/files.md', import.meta.url), 'utf8');

/** The conversations of the specification: each line with who says it. */
const conversations = [...page.matchAll(/```text\n([→←][^`]*)```/g)].map(([, text = '']) =>
  text
    .trim()
    .split('\n')
    .map((line) => ({ isSenders: line.startsWith('→'), message: messageOf(line.slice(2)) })),
);

function messageOf(text: string): string | Uint8Array {
  return text.startsWith('{') ? text : new Uint8Array(Buffer.from(text.replaceAll(' ', ''), 'hex'));
}

it('has a conversation for a file, a broken line and a refusal', () => {
  expect(conversations).toHaveLength(3);
});

it.each(conversations)('is answered as the specification says: %#', async (...lines) => {
  const pair = new FilesPair();
  // What the line before the second conversation has brought.
  if (JSON.stringify(lines).includes('\\"offset\\":3')) {
    pair.store.parts.set('b3c6e0d2a1f84c7d', new TextEncoder().encode('hel'));
  }
  for (const { message } of lines.filter(({ isSenders }) => isSenders)) {
    pair.receiver.tell({ type: 'message', data: message });
    await pair.clock.settle();
  }
  const answers = lines.filter(({ isSenders }) => !isSenders).map(({ message }) => message);
  expect(pair.receiver.sent.slice(0, answers.length)).toEqual(answers);
});

it('is spoken by the sender as the specification says', async () => {
  const pair = new FilesPair();
  const [lines = []] = conversations;
  await pair.send(memorySource(new TextEncoder().encode('hello'), 'a.txt'), {
    id: 'b3c6e0d2a1f84c7d',
    checksum: 'md5',
  });
  expect(pair.sender.sent).toEqual(lines.filter(({ isSenders }) => isSenders).map(({ message }) => message));
});
