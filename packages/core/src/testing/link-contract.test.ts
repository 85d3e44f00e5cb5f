import { describe, test } from 'vitest';
import { linkContract, type LinkHarness } from './link-contract.ts';
import { MemoryServer } from './memory-server.ts';

const memory: LinkHarness = {
  dial(handler) {
    const server = new MemoryServer();
    return {
      drop: server.connector('ws://test/', [], handler),
      peer: () => ({
        received: server.latest.received,
        closedWith: server.latest.outcome && { code: server.latest.outcome.code, reason: server.latest.outcome.reason },
        send: (message) => server.latest.link.send(message),
        close: (code, reason) => server.latest.link.close(code, reason),
        cut: () => server.latest.pair.cut(),
      }),
    };
  },
  dialNobody(handler) {
    const server = new MemoryServer();
    server.mode = 'refuse';
    server.connector('ws://test/', [], handler);
  },
  turn: () => Promise.resolve(),
};

describe('a line in memory keeps the contract of a Link', () => {
  test.each(linkContract.map((rule) => [rule.name, rule] as const))('%s', (_name, rule) => rule.run(memory));
});
