import { abnormal, type Clock, type Connector, HoldfastError, type Link, type Outgoing } from '@holdfast/core/adapter';

/** What a dial by a native WebSocket needs besides the URL. */
export interface WebLinkOptions {
  readonly clock: Clock;
  /** The platform's constructor. */
  readonly WebSocket: typeof WebSocket;
  readonly maxMessageBytes: number;
}

/** How often the platform, which has no event for it, is asked whether its buffer went down, in ms. */
const drainPollMs = 20;

/** Dials by native WebSockets, each as a Link. Everything that the platform throws becomes an ended link. */
export function webConnector({ clock, WebSocket, maxMessageBytes }: WebLinkOptions): Connector {
  return ({ url, protocols }, handler) => {
    const socket = new WebSocket(url, protocols as string[]);
    let isOpen = false;
    let cancelPoll: (() => void) | undefined;

    const abandon = () => {
      socket.onopen = socket.onmessage = socket.onclose = null;
      cancelPoll?.();
      socket.close();
    };
    const pollDrain = () => {
      cancelPoll = undefined;
      handler.onDrain();
      if (socket.bufferedAmount > 0) cancelPoll = clock.after(drainPollMs, pollDrain);
    };
    const link: Link = {
      get protocol() {
        return socket.protocol;
      },
      get bufferedBytes() {
        return socket.bufferedAmount;
      },
      send(message: Outgoing) {
        // In any other state the platform drops the message without a word.
        if (socket.readyState !== 1) return -1;
        const before = socket.bufferedAmount;
        socket.send(message as string | ArrayBuffer);
        cancelPoll ??= clock.after(drainPollMs, pollDrain);
        return socket.bufferedAmount - before;
      },
      close(code, reason) {
        socket.close(code, reason);
      },
    };

    socket.binaryType = 'arraybuffer';
    socket.onopen = () => {
      isOpen = true;
      handler.onOpen(link);
    };
    socket.onmessage = ({ data }: { data: string | ArrayBuffer }) => {
      if (messageBytes(data, maxMessageBytes) > maxMessageBytes) {
        abandon();
        handler.onEnd(abnormal(new HoldfastError('message-too-large', `limit ${maxMessageBytes}`)));
        return;
      }
      handler.onHeard();
      handler.onMessage(typeof data === 'string' ? data : new Uint8Array(data));
    };
    // No error event is needed: it says nothing, and a close event follows it.
    socket.onclose = ({ code, reason, wasClean }) => {
      abandon();
      const error = wasClean ? undefined : new HoldfastError(isOpen ? 'connection-lost' : 'dial-failed');
      handler.onEnd({ code, reason, wasClean, error });
    };
    return abandon;
  };
}

/** In UTF-8; a text is counted only where it could be over the limit, at 3 bytes for each UTF-16 unit. */
function messageBytes(data: string | ArrayBuffer, limit: number): number {
  if (typeof data !== 'string') return data.byteLength;
  return data.length * 3 > limit ? new TextEncoder().encode(data).length : 0;
}
