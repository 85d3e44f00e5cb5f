import type { ClientEvent } from '@holdfast/web';
import { describeEvent } from '../chat/event-log.ts';
import type { StateName } from './client-view.ts';

/** Why a client went from one state to another, as far as the event that told of it says. */
export function whyStepped(from: StateName, to: StateName, event: ClientEvent | undefined): string {
  if (event?.type === 'disconnected' || event?.type === 'closed') return event.error?.message ?? describeEvent(event);
  switch (to) {
    case 'connecting':
      return from === 'waiting' ? 'the delay is over' : 'dialed';
    case 'open':
      return 'the server took the handshake';
    case 'waiting':
      return 'the line is gone';
    case 'closing':
      return 'close() was called';
    case 'closed':
      return 'the end';
    case 'idle':
      return '';
  }
}
