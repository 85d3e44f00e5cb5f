import { lengthOf } from '../wire/payload.ts';
import type { Row, SendItem } from './row.ts';

/** About how many bytes the peer sends in a row: payloads, without their headers. */
export function rowBytes(row: Row): number {
  const items = row.steps.flatMap((step) => (step.do === 'send' ? step.items : []));
  return items.reduce((sum, item) => sum + itemBytes(item), 0);
}

function itemBytes(item: SendItem): number {
  if ('hex' in item) return item.hex.length / 2;
  if ('fragments' in item) return lengthOf(item.fragments);
  if ('times' in item) return item.times * lengthOf(item.frame.payload ?? '');
  return lengthOf(item.payload ?? '');
}
