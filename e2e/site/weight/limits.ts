/** What the first page may cost: bytes over the wire with nothing in the cache, and ms until it answers. */
export const firstPageLimits = { bytes: 200_000, interactiveMs: 1_000 } as const;
