/** Where a group stands: its row, counted from above, and its part of the width, in twelfths. */
export interface Place {
  readonly row: number;
  readonly from: number;
  readonly to: number;
}

/** The half of the drawing that is left of the lane in its middle, and the one right of it, in twelfths. */
export const middle = 7;

const left = { from: 0, to: middle };
const right = { from: middle, to: 12 };
const whole = { from: 0, to: 12 };

/** The drawing as CONTRIBUTING.md has it: adapters above core, the wire half at its left, the session half at its right. */
const places: Readonly<Record<string, Place>> = {
  'holdfast/tool': { row: 0, from: 0, to: 2.4 },
  holdfast: { row: 0, from: 2.4, to: 9.4 },
  otel: { row: 0, from: 9.6, to: 12 },
  node: { row: 1, ...left },
  web: { row: 1, ...right },
  'node/server': { row: 2, from: 0, to: middle / 5 },
  'node/dial': { row: 2, from: middle / 5, to: (2 * middle) / 5 },
  'node/web-socket': { row: 2, from: (2 * middle) / 5, to: (3 * middle) / 5 },
  'node/delivery': { row: 2, from: (3 * middle) / 5, to: (4 * middle) / 5 },
  'node/files': { row: 2, from: (4 * middle) / 5, to: middle },
  'web/delivery': { row: 2, from: middle, to: 9.5 },
  'web/files': { row: 2, from: 9.5, to: 12 },
  'node/handshake': { row: 3, from: 0, to: middle / 3 },
  'node/deflate': { row: 3, from: middle / 3, to: (2 * middle) / 3 },
  'node/kernels': { row: 3, from: (2 * middle) / 3, to: middle },
  'core/index': { row: 4, from: 0, to: 3 },
  'core/testing': { row: 4, from: 3, to: middle },
  'core/adapter': { row: 4, from: middle, to: 8.2 },
  'core/codec': { row: 4, from: 8.2, to: 9.2 },
  'core/delivery': { row: 4, from: 9.2, to: 10.2 },
  'core/files': { row: 4, from: 10.2, to: 11.1 },
  'core/rpc': { row: 4, from: 11.1, to: 12 },
  'core/protocol': { row: 5, ...left },
  'core/message': { row: 6, ...left },
  'core/frame': { row: 7, ...left },
  'core/bytes': { row: 8, ...left },
  'core/opt-in': { row: 5, ...right },
  'core/session': { row: 6, ...right },
  'core/events': { row: 7, ...right },
  'core/vocabulary': { row: 9, ...whole },
};

/** The place of a group. Throws on one that has none yet, so that nothing is left out of the drawing in silence. */
export function placeOf(id: string): Place {
  const place = places[id];
  if (!place) throw new Error(`${id} has no place in the drawing: give it one in scripts/architecture/places.ts`);
  return place;
}
