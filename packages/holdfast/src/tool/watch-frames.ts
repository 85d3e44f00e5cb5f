import { FrameDecoder, type Role } from '@holdfast/core';
import type { LineWatcher } from '@holdfast/node/adapter';
import type { Report } from './report.ts';

/** Shows the frames of one line of a client as they pass. */
export function watchFrames(show: (report: Report) => void): LineWatcher {
  return { onReceived: reader('client', 'in', show), onSent: reader('server', 'out', show) };
}

/** Reads frames as who is sent them; what is wrong with them is told by the connection itself. */
function reader(role: Role, direction: 'in' | 'out', show: (report: Report) => void): (bytes: Uint8Array) => void {
  const decoder = new FrameDecoder({ role, allowRsv1: true, maxFrameBytes: Number.MAX_SAFE_INTEGER });
  let isBroken = false;
  return (bytes) => {
    if (isBroken) return;
    try {
      for (const frame of decoder.push(bytes)) show({ event: 'frame', direction, frame });
    } catch {
      isBroken = true;
    }
  };
}
