import { UsageError } from './usage-error.ts';

/** Bytes of hex as people write it: `00ff`, `00 ff`, `0x00 0xff`, `00:ff`, over several lines. Throws a UsageError on anything else. */
export function parseHex(text: string): Uint8Array {
  const digits = text.replace(/\b0x/gi, '').replace(/[\s:,]/g, '');
  const stranger = /[^\da-f]/i.exec(digits)?.[0];
  if (stranger !== undefined) {
    throw new UsageError(`not hex: ${JSON.stringify(stranger)} is none of 0 to 9 and a to f`);
  }
  if (digits.length % 2 > 0) throw new UsageError(`not hex: ${digits.length} digits are no whole number of bytes`);
  return new Uint8Array(Buffer.from(digits, 'hex'));
}

/** `00 ff`: two digits a byte, a space between. */
export function formatHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
}
