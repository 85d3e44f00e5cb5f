import type { Row } from '../row.ts';
import { binaryTypeRows } from './binary-type.ts';
import { closingRows } from './closing.ts';
import { constructorRows } from './constructor.ts';
import { eventRows } from './events.ts';
import { handlerRows } from './handlers.ts';
import { interfaceRows } from './interface.ts';
import { bufferedAmountRows, sendingRows } from './sending.ts';

/** Everything that is asked of a WebSocket class. */
export const rows: readonly Row[] = [
  ...interfaceRows,
  ...constructorRows,
  ...handlerRows,
  ...eventRows,
  ...sendingRows,
  ...bufferedAmountRows,
  ...binaryTypeRows,
  ...closingRows,
];
