import { describe, test } from 'vitest';
import { dialoguesFor, examples } from './examples.ts';
import { playToServer } from './scripted-client.ts';

const greeted = [
  { link: 1 },
  { client: 'hello {"received":0,"first":1}' },
  { server: 'welcome {"session":"kN3vq7XyZ0aLw9Tb2R4gQw","received":0,"first":1}' },
] as const;
const closes = { serverCloses: 4002, reason: 'packet-malformed' } as const;

/** The examples of docs/protocols/delivery.md as tests of a server that sends back each message. */
export function describeDeliveryServer(url: () => string): void {
  describe('by the examples of the specification', () => {
    test.each(dialoguesFor('server'))('$name', (dialogue) => playToServer(url(), dialogue));

    test.each(examples.malformed)('leaves a client that says $name', async ({ packet }) => {
      await playToServer(url(), { steps: [...greeted, { client: packet }, closes] });
    });

    test('leaves a client that begins with what is no packet', async () => {
      for (const { packet } of examples.malformed) {
        await playToServer(url(), { steps: [{ link: 1 }, { client: packet }, closes] });
      }
    });
  });
}
