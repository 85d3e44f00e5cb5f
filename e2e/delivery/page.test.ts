import { readFileSync } from 'node:fs';
import { encodeFrame, FrameDecoder, Opcode } from '@holdfast/core';
import { expect, test } from 'vitest';
import { house } from '../../scripts/house.ts';
import { bytesOf, contentOf, dialoguesFor, examples, hexOf } from './examples.ts';
import { pagePath, withExamples } from './render-examples.ts';

test('the page has the examples as they are in the file; `npx tsx scripts/delivery-examples.ts` writes them', () => {
  const page = readFileSync(`${house}/${pagePath}`, 'utf8');
  expect(page).toBe(withExamples(page));
});

test('the page says what each fault is called', () => {
  const page = readFileSync(`${house}/${pagePath}`, 'utf8');
  const reasons = examples.dialogues.flatMap(({ steps }) =>
    steps.flatMap((step) => ('clientCloses' in step && step.clientCloses === 4002 ? [step.reason] : [])),
  );
  expect(new Set(reasons).size).toBe(4);
  for (const reason of reasons) expect(page).toContain(`| \`${reason}\` |`);
});

test.each(examples.frames)('the frames of $name are those of RFC 6455', ({ packet, mask, fromClient, fromServer }) => {
  const content = contentOf(packet);
  const isText = typeof content === 'string';
  const payload = isText ? new TextEncoder().encode(content) : content;
  const frame = { fin: true, opcode: isText ? Opcode.Text : Opcode.Binary, payload };
  expect(hexOf(encodeFrame({ ...frame, maskingKey: bytesOf(mask) }))).toBe(fromClient);
  if (fromServer !== undefined) expect(hexOf(encodeFrame(frame))).toBe(fromServer);
  const [decoded] = new FrameDecoder({ role: 'server', maxFrameBytes: 1000 }).push(bytesOf(fromClient));
  expect(decoded).toMatchObject({ opcode: frame.opcode, payload });
});

test('every dialogue has a name of its own, begins with a link, and tests somebody', () => {
  expect(new Set(examples.dialogues.map(({ name }) => name)).size).toBe(examples.dialogues.length);
  for (const { name, steps, tests } of examples.dialogues) {
    expect(steps[0], name).toEqual({ link: 1 });
    expect(tests.length, name).toBeGreaterThan(0);
  }
  expect(dialoguesFor('client').length).toBeGreaterThanOrEqual(20);
  expect(dialoguesFor('server').length).toBeGreaterThanOrEqual(18);
});
