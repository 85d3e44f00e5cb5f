import * as v from 'valibot';
import { describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import type { HoldfastError } from '../errors.ts';
import { json } from './json.ts';
import { type Schemas, withSchemas } from './schema-codec.ts';

const said = {
  zod: z.object({ type: z.literal('said'), text: z.string(), at: z.number().default(0) }),
  valibot: v.object({ type: v.literal('said'), text: v.string(), at: v.optional(v.number(), 0) }),
};
const say = {
  zod: z.object({ type: z.literal('say'), text: z.string().trim().min(1) }),
  valibot: v.object({ type: v.literal('say'), text: v.pipe(v.string(), v.trim(), v.minLength(1)) }),
};

const errorOf = (act: () => unknown) => {
  try {
    act();
  } catch (error) {
    return error as HoldfastError;
  }
  throw new Error('nothing was thrown');
};

describe.each(['zod', 'valibot'] as const)('with schemas of %s', (vendor) => {
  const codec = json<Schemas>({ incoming: said[vendor], outgoing: say[vendor] });

  test('what arrives is what the schema makes of it', () => {
    expect(codec.decode('{"type":"said","text":"hi","extra":1}')).toEqual({ type: 'said', text: 'hi', at: 0 });
  });

  test('what travels is what the schema makes of it', () => {
    expect(codec.encode({ type: 'say', text: ' hi ', password: 'hunter2' })).toBe('{"type":"say","text":"hi"}');
  });

  test('what the schema refuses does not arrive, and the issues say why', () => {
    const { code, issues, message, closeCode } = errorOf(() => codec.decode('{"type":"said","text":1}'));
    expect([code, closeCode]).toEqual(['schema-mismatch', undefined]);
    expect(message).toMatch(/^schema-mismatch: text: Invalid/);
    expect(issues).toHaveLength(1);
  });

  test('what the schema refuses is not sent, and the issues say why', () => {
    const { code, issues, message } = errorOf(() => codec.encode({ type: 'say', text: ' ' }));
    expect([code, issues?.length]).toEqual(['invalid-message', 1]);
    expect(message).toMatch(/^invalid-message: text: /);
  });

  test('the other end has the same the other way round', () => {
    const other = (codec as { flip(): typeof codec }).flip();
    expect(other.decode('{"type":"say","text":" hi "}')).toEqual({ type: 'say', text: 'hi' });
    expect(other.encode({ type: 'said', text: 'hi' })).toBe('{"type":"said","text":"hi","at":0}');
    expect(errorOf(() => other.encode({ type: 'say', text: 'hi' })).code).toBe('invalid-message');
  });

  test('a message that does not even decode says so', () => {
    expect(errorOf(() => codec.decode('{')).code).toBe('decode-failed');
  });
});

test('one schema may hold for both directions, and one direction may have none', () => {
  const both = json(z.string());
  expect(both.decode(both.encode('x') as string)).toBe('x');
  expect(errorOf(() => both.encode(1 as unknown as string)).code).toBe('invalid-message');
  const incoming = json({ incoming: z.string() });
  expect(incoming.encode(1)).toBe('1');
  expect(errorOf(() => incoming.decode('1')).code).toBe('schema-mismatch');
});

test('a long list of issues is told in short, and whole in `issues`', () => {
  const { message, issues } = errorOf(() => json(z.array(z.string())).decode(JSON.stringify(Array(1_000).fill(1))));
  expect(message.length).toBeLessThan(350);
  expect(issues).toHaveLength(1_000);
  const wide = z.record(z.string(), z.string());
  const { message: cut } = errorOf(() => json(wide).decode(JSON.stringify({ ['k'.repeat(9_999)]: 1 })));
  expect(cut.length).toBeLessThan(350);
});

/** A rejection that nobody handles would fail the run. */
const rejecting = { version: 1, vendor: 'of ours', validate: () => Promise.reject(new Error('not now')) } as const;

test.each([
  { vendor: 'zod', schema: z.string().refine(async () => true) },
  {
    vendor: 'valibot',
    schema: v.pipeAsync(
      v.string(),
      v.checkAsync(async () => true),
    ),
  },
  { vendor: 'of ours', schema: { '~standard': rejecting } },
])('a schema of $vendor that answers later is refused', ({ vendor, schema }) => {
  for (const act of [() => json(schema).decode('"x"'), () => json(schema).encode('x')]) {
    const { code, message } = errorOf(act);
    expect(code).toBe('invalid-option');
    expect(message).toContain(`a schema of ${vendor} that answers by a promise`);
  }
});

describe('the policy for a bad message', () => {
  test.each([
    { whenInvalid: undefined, closeCode: undefined },
    { whenInvalid: 'skip', closeCode: undefined },
    { whenInvalid: 'close', closeCode: 1007 },
    { whenInvalid: () => 'close', closeCode: 1007 },
    { whenInvalid: () => 'skip', closeCode: undefined },
  ] as const)('$whenInvalid asks for $closeCode', ({ whenInvalid, closeCode }) => {
    const codec = json(z.string(), whenInvalid && { whenInvalid });
    expect(errorOf(() => codec.decode('1')).closeCode).toBe(closeCode);
    expect(errorOf(() => codec.decode('{')).closeCode).toBe(closeCode);
  });

  test('a function gets the error and what arrived', () => {
    const whenInvalid = vi.fn<() => 'skip'>(() => 'skip');
    const error = errorOf(() => json(z.string(), { whenInvalid }).decode('1'));
    expect(whenInvalid).toHaveBeenCalledWith(error, '1');
  });

  test('it goes with the flipped one, unless that has one of its own', () => {
    const codec = json(z.string(), { whenInvalid: 'close' });
    expect(errorOf(() => codec.flip().decode('1')).closeCode).toBe(1007);
    expect(errorOf(() => codec.flip({ whenInvalid: 'skip' }).decode('1')).closeCode).toBeUndefined();
  });
});

test('a codec of the app gets schemas by withSchemas', () => {
  const quoting = {
    encode: (text: string) => `> ${text}`,
    decode: (data: string | Uint8Array) => String(data).slice(2),
  };
  const codec = withSchemas(quoting, z.string().min(2));
  expect(codec.decode(codec.encode('abc') as string)).toBe('abc');
  expect(errorOf(() => codec.encode('a')).code).toBe('invalid-message');
});

test.each([
  { it: 'what is no schema', schemas: { incoming: {} }, options: {}, code: 'invalid-option' },
  { it: 'a schema of another version', schemas: { '~standard': { version: 2 } }, options: {}, code: 'invalid-option' },
  { it: 'a direction with a typo', schemas: { incomming: z.string() }, options: {}, code: 'unknown-option' },
  { it: 'an option with a typo', schemas: {}, options: { whenInvald: 'skip' }, code: 'unknown-option' },
  { it: 'a policy that there is not', schemas: {}, options: { whenInvalid: 'crash' }, code: 'invalid-option' },
])('$it throws at once', ({ schemas, options, code }) => {
  expect(errorOf(() => json(schemas as Schemas, options as object)).code).toBe(code);
});
