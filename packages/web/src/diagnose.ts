import { HoldfastError } from '@holdfast/core/adapter';
import { isOffline } from './web-platform.ts';

/** How long each request may take, in ms. */
const limitMs = 5_000;

/**
 * Why a dial failed, which a browser hides from a page: asks this URL by HTTP, with the page's cookies, and answers
 * `offline`, `http-status` with what the server says, `cors-refused` where it answers but may not be read by this page, or
 * `dial-failed` where the server is well or nobody answers.
 */
export async function diagnose(url: string): Promise<HoldfastError> {
  if (isOffline()) return new HoldfastError('offline', 'the browser has no network');
  const ask = (mode: RequestMode) =>
    fetch(url, { mode, cache: 'no-store', credentials: 'include', signal: AbortSignal.timeout(limitMs) });
  try {
    const { ok, status, headers } = await ask('cors');
    if (ok) return new HoldfastError('dial-failed', `though HTTP answers with ${status}`);
    const retryAfterMs = 1_000 * Number(headers.get('retry-after')) || 0;
    return new HoldfastError('http-status', `${status}`, { status, retryAfterMs });
  } catch {
    // Without CORS nothing may be read of an answer, but that there is one.
    const isThere = await ask('no-cors').then(
      () => true,
      () => false,
    );
    return isThere
      ? new HoldfastError('cors-refused', 'the server answers, but not for this page')
      : new HoldfastError('dial-failed', 'no answer by HTTP either');
  }
}
