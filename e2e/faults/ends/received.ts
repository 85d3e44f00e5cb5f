import { Changes } from '../changes.ts';

/** Numbers as they arrive, and a way to wait for them. */
export class Received {
  readonly numbers: number[] = [];
  readonly #changes = new Changes();

  add(number: number): void {
    this.numbers.push(number);
    this.#changes.tell();
  }

  until(numbers: readonly number[]): Promise<void> {
    const areThere = () => numbers.every((number) => this.numbers.includes(number));
    return this.#changes.until(areThere, `the arrival of ${numbers.join(' ')}`);
  }
}
