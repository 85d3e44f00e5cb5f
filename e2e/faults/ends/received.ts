import { Changes } from '../changes.ts';

/** Numbers as they arrive, and a way to wait for them. */
export class Received {
  readonly numbers: number[] = [];
  /** How often clients have asked whether the line lives. */
  probes = 0;
  readonly #changes = new Changes();

  add(number: number): void {
    this.numbers.push(number);
    this.#changes.tell();
  }

  addProbe(): void {
    this.probes++;
    this.#changes.tell();
  }

  untilAsked(times: number): Promise<void> {
    return this.#changes.until(() => this.probes >= times, `question ${times} of a client`);
  }

  until(numbers: readonly number[]): Promise<void> {
    const areThere = () => numbers.every((number) => this.numbers.includes(number));
    return this.#changes.until(areThere, `the arrival of ${numbers.join(' ')}`);
  }
}
