/** A numbered message as text, filled up to this length where it is shorter. */
export function formatNumbered(number: number, length = 0): string {
  return `${number} `.padEnd(length, '.');
}

/** The number of a message. */
export function parseNumbered(text: string): number {
  return Number.parseInt(text, 10);
}

/** What a client that cannot ping asks, and what a server says to that. */
export const probe = { message: 'are you there?', reply: 'I am here' } as const;
