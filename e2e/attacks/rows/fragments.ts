import type { Theme } from '../row.ts';

const assembler = 'packages/core/src/message/message-assembler.ts';

/** Messages in very many pieces. */
export const fragments = {
  name: 'fragments',
  title: 'Messages in very many pieces',
  rows: [
    {
      id: 'CVE-2026-12151',
      product: 'undici',
      side: 'client',
      flaw: 'Fragments, empty ones too, were collected without a limit on their number.',
      promise: 'endless empty fragments are refused with 1008 long before they are many',
      guard: {
        file: assembler,
        remove: 'if (this.#overheadBytes + overheadBytes(payloadBytes) > this.#maxFragmentOverheadBytes) {',
        instead: 'if (payloadBytes > 0 && this.#overheadBytes > this.#maxFragmentOverheadBytes) {',
      },
    },
    {
      id: 'CVE-2026-48779',
      product: 'ws',
      side: 'both',
      flaw: 'Tiny fragments took many times their size in memory, while only their bytes were counted.',
      promise: 'tiny fragments are refused with 1008 by what they cost, far below the limit on their bytes',
      guard: {
        file: assembler,
        remove: 'this.#overheadBytes += overheadBytes(sentBytes);',
        instead: 'this.#overheadBytes += 0;',
      },
    },
    {
      id: 'ws#2329',
      product: 'ws',
      side: 'both',
      flaw: 'Empty fragments did not count towards the limit on their number.',
      promise: 'an empty fragment counts as one: the limit is kept to the fragment',
      guard: {
        file: assembler,
        remove: 'this.#fragmentCount++;',
        instead: 'if (payload.length > 0) this.#fragmentCount++;',
      },
    },
    {
      id: 'ws#2331',
      product: 'ws',
      side: 'both',
      flaw: 'A message that stayed just below the limit on fragments still held 15 times its size.',
      promise: 'without an option of the app, one-byte fragments are refused at an eighth of the limit on their number',
      guard: {
        file: assembler,
        remove: 'maxFragmentOverheadBytes = 2 ** 20,',
        instead: 'maxFragmentOverheadBytes = Number.POSITIVE_INFINITY,',
      },
    },
    {
      id: 'ws#2333',
      product: 'ws',
      side: 'both',
      flaw: 'The number of fragments was never set back, so that long-lived connections were closed for no reason.',
      promise: 'each message has the whole limit for itself',
      guard: { file: assembler, remove: 'this.#fragmentCount = 0;\n', instead: '\n' },
    },
    {
      id: 'CVE-2026-42786',
      product: 'Bandit',
      side: 'server',
      flaw: 'The limit held for each frame alone, so that a message of endless frames filled the memory.',
      promise: 'all fragments together are held against the limit, by the header of the one that passes it',
      guard: {
        file: assembler,
        remove: 'else if (this.#bytes + payloadBytes > this.#maxMessageBytes) {',
        instead: 'else if (payloadBytes > this.#maxMessageBytes) {',
      },
    },
    {
      id: 'CVE-2026-65623',
      product: 'Bandit',
      side: 'server',
      flaw: 'All that had arrived of a message was measured again for each fragment: work that grows with the square.',
      promise: 'joining fragments copies each byte a few times, however many they are',
      guard: {
        file: 'packages/core/src/bytes/byte-queue.ts',
        remove: 'if (chunk.length < smallBytes) this.#append(chunk);',
        instead: `if (chunk.length < smallBytes) {
      this.#restBytes -= chunk.length;
      const all = this.#join(this.length);
      this.#head = new Uint8Array(all.length + chunk.length);
      this.#head.set(all);
      this.#head.set(chunk, all.length);
      this.#offset = 0;
    }`,
      },
    },
    {
      id: 'CVE-2025-5399',
      product: 'curl',
      side: 'client',
      flaw: 'A crafted packet kept the client in a loop that never ended.',
      promise: 'a frame without payload is read once, and what is read makes way for what follows',
      guard: {
        file: 'packages/core/src/frame/frame-reader.ts',
        remove: 'queue.skip(end);',
        instead: 'if (payloadBytes > 0) queue.skip(end);',
      },
    },
  ],
} as const satisfies Theme;
