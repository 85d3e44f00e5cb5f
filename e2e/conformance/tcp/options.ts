import type { Role, Row, RowExtensions } from '../row/row.ts';

/** The limits of a row as options of `connect` and of `serve`; no ping of ours comes between. */
export function appOptions({ limits: { maxMessageBytes, closeTimeoutMs, ...more } = {} }: Row) {
  const limits = { ...more };
  // Of the protocol alone.
  delete limits.maxFragmentBytes;
  return {
    heartbeat: false as const,
    limits,
    ...(maxMessageBytes !== undefined && { maxMessageBytes }),
    ...(closeTimeoutMs !== undefined && { closeTimeoutMs }),
  };
}

/** Whether permessage-deflate is agreed on in this row. */
export function isCompressed(row: Row): boolean {
  return row.compression?.sides !== undefined;
}

/** What the two handshakes say of extensions where our side has this role; '' for nothing. */
export function handshakeOf(row: Row, role: Role): RowExtensions {
  return row.compression?.[role] ?? row.extensions ?? { offered: '', agreed: '' };
}
