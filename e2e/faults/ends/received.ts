import { Changes } from '../changes.ts';

/** Numbers as they arrive, and a way to wait for them. */
export class Received {
  readonly numbers: number[] = [];
  /** How many probes there were. */
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

  /** Resolves with the next probe. */
  nextProbe(): Promise<void> {
    const before = this.probes;
    return this.#changes.until(() => this.probes > before, 'a probe');
  }

  until(numbers: readonly number[]): Promise<void> {
    const areThere = () => numbers.every((number) => this.numbers.includes(number));
    return this.#changes.until(areThere, `the arrival of ${numbers.join(' ')}`);
  }
}
