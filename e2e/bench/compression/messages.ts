/** Messages as a trading app sends them: JSON, much of it the same each time; `entries` of them in each. */
export function jsonMessages(count: number, entries: number): Buffer[] {
  return Array.from({ length: count }, (_, message) => {
    const list = Array.from({ length: entries }, (_entry, at) => trade(message * entries + at));
    return Buffer.from(JSON.stringify(entries === 1 ? list[0] : list));
  });
}

function trade(id: number): object {
  return {
    type: 'trade',
    id: (id * 7919) % 100_003,
    symbol: ['BTC-USD', 'ETH-USD', 'SOL-USD'][id % 3],
    price: (Math.sin(id) * 1000 + 30_000).toFixed(2),
    size: (Math.cos(id) * 3 + 4).toFixed(4),
    time: new Date(1.7e12 + id * 137).toISOString(),
    tags: ['maker', 'spot'],
  };
}
