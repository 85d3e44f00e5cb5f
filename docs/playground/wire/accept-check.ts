import { type AcceptSteps, acceptSteps } from '../line/page-accept-key.ts';
import { headerOf, splitHead } from './http-text.ts';

/** The accept key of a handshake, and whether the server's is the one expected. */
export interface AcceptCheck extends AcceptSteps {
  /** The header of the response, where it has come. */
  readonly answered: string | undefined;
  readonly isRight: boolean;
}

/** Computes the key of a request anew and compares; `undefined` where the request has none. */
export function checkAccept(request: string, response: string | undefined): AcceptCheck | undefined {
  const key = headerOf(splitHead(request), 'sec-websocket-key');
  if (key === undefined) return undefined;
  const steps = acceptSteps(key);
  const answered = response === undefined ? undefined : headerOf(splitHead(response), 'sec-websocket-accept');
  return { ...steps, answered, isRight: answered === steps.accept };
}
