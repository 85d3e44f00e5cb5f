import { type ContractPeer, FakeClock, linkContract, type LinkHarness } from '@holdfast/core/testing';
import { describe, test } from 'vitest';
import { acceptLine } from './accept-line.ts';
import { FaultState } from './line-faults.ts';
import { shakeHands } from './page-dial.ts';
import { PageLine } from './page-line.ts';
import type { PageRoom } from './rooms.ts';

/** Lines whose server does what the contract says. */
function createHarness(): LinkHarness {
  const clock = new FakeClock();
  const faults = new FaultState(
    () => {},
    () => {},
    () => {},
  );
  let lines = 0;
  const openLine = () => new PageLine(++lines, clock, faults, () => {});
  const dial = { url: 'ws://in.this.page/', protocols: [], maxMessageBytes: 1024 * 1024 };
  return {
    dial(handler) {
      let peer: ContractPeer | undefined;
      const line = openLine();
      const room: PageRoom = {
        maxMessageBytes: 1024 * 1024,
        join(connection) {
          const made: { -readonly [K in keyof ContractPeer]: ContractPeer[K] } = {
            received: [],
            closedWith: undefined,
            send: (message) => connection.send(message),
            close: (code, reason) => connection.close(code, reason),
            cut: () => line.cut(),
          };
          connection.handle({
            onMessage: (data) => made.received.push(data),
            onEnd: ({ code, reason }) => {
              made.closedWith = { code, reason };
            },
          });
          peer = made;
        },
      };
      const rooms = new Map([['/', room]]);
      acceptLine(line.server, { clock, rooms, refusal: () => undefined, onOpen() {}, onEnd() {} });
      const drop = shakeHands(line.client, dial, clock, handler);
      return { drop, peer: () => peer as ContractPeer };
    },
    dialNobody(handler) {
      const line = openLine();
      acceptLine(line.server, { clock, rooms: new Map(), refusal: () => undefined, onOpen() {}, onEnd() {} });
      shakeHands(line.client, dial, clock, handler);
    },
    turn: () => clock.advance(1),
  };
}

describe('a line in the page keeps the contract of a Link', () => {
  for (const rule of linkContract) test(rule.name, () => rule.run(createHarness()));
});
