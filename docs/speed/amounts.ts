import type { Row, Spread } from '../../e2e/bench/result.ts';

/** A figure with its unit, short. */
export function formatAmount(amount: number, unit: Row['unit']): string {
  switch (unit) {
    case 'messages/s':
    case 'connections/s':
      return `${formatScaled(amount)}/s`;
    case 'bytes':
      return `${formatDigits(amount / 1024)} KiB`;
    case 'B':
    case 'µs':
    case 'GB/s':
      return `${formatDigits(amount)} ${unit}`;
  }
}

/** A ratio with the least and the most of the rounds. */
export function formatRatio({ median, low, high }: Spread): string {
  return `${formatDigits(median)} × (${formatDigits(low)}–${formatDigits(high)})`;
}

/** A large number with its thousands or millions as a letter. */
export function formatScaled(amount: number): string {
  if (amount >= 1e6) return `${formatDigits(amount / 1e6)} M`;
  return amount >= 1e3 ? `${formatDigits(amount / 1e3)} k` : formatDigits(amount);
}

/** Three digits that count, or all before the point. */
export function formatDigits(value: number): string {
  const magnitude = Math.floor(Math.log10(Math.abs(value) || 1));
  return String(Number(value.toFixed(Math.max(0, Math.min(3, 2 - magnitude)))));
}
