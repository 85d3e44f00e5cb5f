import { diagnose } from './diagnose.ts';
import { type Connector, HoldfastError, type Link, lost } from '@holdfast/core/adapter';

/**
 * Dials by the platform's WebSocket, which is a Link as it is. Everything that it throws becomes an ended link. A page
 * only sees a message when the platform has read it: the limit, in bytes or in UTF-16 units of text, is held then. With a
 * `diagnosisUrl` that is asked why a dial failed.
 */
export function webConnector(maxMessageBytes: number, diagnosisUrl?: string): Connector {
  return (url, protocols, handler) => {
    const socket = new WebSocket(url, protocols as string[]);
    let failure: 'dial-failed' | 'connection-lost' = 'dial-failed';
    socket.binaryType = 'arraybuffer';
    socket.onopen = () => {
      failure = 'connection-lost';
      // Firefox opens a connection although the server took up none of the offers, which the standard does not let it.
      if (protocols.length > 0 && !socket.protocol) handler.onEnd(lost('handshake-protocol'));
      else handler.onOpen(socket as Link);
    };
    socket.onmessage = ({ data }: { data: string | ArrayBuffer }) => {
      const message = typeof data === 'string' ? data : new Uint8Array(data);
      if (message.length > maxMessageBytes) {
        handler.onEnd(lost('message-too-large', `limit ${maxMessageBytes}`));
      } else handler.onMessage(message);
    };
    // No error event is needed: it says nothing, and a close event follows it.
    socket.onclose = async ({ code, reason, wasClean }) => {
      const isAsked = diagnosisUrl && failure === 'dial-failed';
      const error = isAsked ? await diagnose(diagnosisUrl) : new HoldfastError(failure);
      handler.onEnd({ code, reason, wasClean, error: wasClean ? undefined : error });
    };
    return () => socket.close();
  };
}
