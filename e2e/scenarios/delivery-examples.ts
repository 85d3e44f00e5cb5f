import { expect } from 'chai';
import { parsePacket } from '@holdfast/core/delivery';
import { type Client, connect } from 'holdfast';
import { delivery } from 'holdfast/delivery';
import { type AppStep, contentOf, type Dialogue, dialoguesFor, examples } from '../delivery/examples.ts';
import { ScriptedServer } from '../delivery/scripted-server.ts';
import { quickly } from './bench/options.ts';
import type { Recording } from './bench/recording.ts';
import { type Bench, behaviour } from './bench/scenario.ts';

/** The examples of docs/protocols/delivery.md: a server says its part of them, and the client says its own. */
export const deliveryExamples = behaviour('delivery, by the examples of its specification', {
  'each packet means what it should': async () => {
    for (const { name, packet, data, control } of examples.packets) {
      const expected = data && { type: 'data', number: data.number, message: contentOf(data.payload) };
      expect(parsePacket(contentOf(packet)), name).to.deep.include(expected ?? control!);
    }
  },

  'what is no packet is none': async () => {
    for (const { name, packet } of examples.malformed) {
      expect(() => parsePacket(contentOf(packet)), name).to.throw(/^packet-malformed/);
    }
  },

  ...Object.fromEntries(dialoguesFor('client').map((dialogue) => [dialogue.name, playWith(dialogue)])),
});

function playWith({ steps }: Dialogue): (bench: Bench) => Promise<void> {
  return async (bench) => {
    const remote = await bench.server({ protocol: examples.protocol, mode: 'collect' });
    const server = await ScriptedServer.of(remote, steps);
    const client = connect(remote.url, { delivery: delivery(), reconnect: quickly, heartbeat: false });
    const app = new App(client, bench.watch(client));
    for (const step of steps) {
      if ('app' in step) await app.play(step);
      else await server.play(step);
    }
    await server.end();
    app.end();
  };
}

/** The app's part of a dialogue. */
class App {
  readonly #client: Client;
  readonly #recording: Recording;
  #opens = 0;
  #gets = 0;
  #loses = 0;

  constructor(client: Client, recording: Recording) {
    this.#client = client;
    this.#recording = recording;
  }

  async play(step: AppStep): Promise<void> {
    switch (step.app) {
      case 'sends':
        return void this.#client.send(contentOf(step.message));
      case 'gets': {
        const messages = await this.#recording.messages(++this.#gets);
        return void expect(messages[this.#gets - 1]).to.deep.equal(contentOf(step.message));
      }
      case 'loses': {
        const { message, cause } = await this.#recording.reach('dropped', ++this.#loses);
        return void expect([message, cause]).to.deep.equal([contentOf(step.message), 'unacknowledged']);
      }
      case 'opens':
        return void expect((await this.#recording.reach('open', ++this.#opens)).resumed).to.equal(step.resumed);
      case 'closes':
        return void this.#client.close(step.code, step.reason);
      case 'ends':
        return void expect(await this.#recording.reach('closed')).to.include({ code: step.code, reason: step.reason });
    }
  }

  /** Throws where it was told more than the dialogue has. */
  end(): void {
    expect(this.#recording.of('dropped')).to.have.length(this.#loses);
    if (this.#gets > 0) expect(this.#recording.of('message')).to.have.length(this.#gets);
  }
}
