/** No run waits for a redial; all clients have the same times. */
export const redial = { minDelayMs: 10, maxDelayMs: 50 } as const;
