/** The payload as the text it is, or undefined when it is no UTF-8 or too long to show. */
export function payloadText(payload: Uint8Array): string | undefined {
  if (payload.length === 0 || payload.length > 4096) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(payload);
  } catch {
    return undefined;
  }
}
