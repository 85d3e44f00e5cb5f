/** What the user asked for cannot be done; its message is for people and has no secret in it. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
