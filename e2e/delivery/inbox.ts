import { expect } from 'chai';
import { ackOf, type Content, meaningOf } from './examples.ts';

/** What one link has brought from the end under test, and where the dialogue stands in it. */
export class Inbox {
  readonly #acks: number[] = [];
  readonly #others: Content[] = [];

  add(packet: Content): void {
    const ack = ackOf(packet);
    if (ack === undefined) this.#others.push(packet);
    else this.#acks.push(ack);
  }

  /** Whether what the dialogue expects next can be told: acknowledgements come when they come, the rest in order. */
  has(expected: Content): boolean {
    const ack = ackOf(expected);
    return ack === undefined ? this.#others.length > 0 : this.#acks.some((number) => number >= ack);
  }

  /** Takes it; throws where something else came. Answers what came. */
  take(expected: Content): Content {
    const ack = ackOf(expected);
    if (ack !== undefined) {
      const until = this.#acks.findIndex((number) => number >= ack);
      const taken = this.#acks.splice(0, until + 1);
      expect(taken, 'acknowledgements never go back').to.deep.equal(taken.toSorted((a, b) => a - b));
      expect(taken.at(-1), 'an acknowledgement').to.equal(ack);
      return expected;
    }
    const packet = this.#others.shift()!;
    expect(typeof meaningOf(packet), 'the kind of packet').to.equal(typeof meaningOf(expected));
    return packet;
  }

  /** What came and no step has expected. */
  get rest(): readonly Content[] {
    return this.#others;
  }
}
