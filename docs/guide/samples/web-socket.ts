// #region first
import { WebSocket } from '@holdfast/node';

const socket = new WebSocket('wss://example.org/chat', ['v2', 'v1']);

socket.onopen = () => socket.send('hello');
socket.onmessage = ({ data }) => console.log('received', data);
socket.onerror = ({ message }) => console.log('failed', message);
socket.onclose = ({ code, reason, wasClean }) => console.log('closed', code, reason, wasClean);
// #endregion first

// #region options
const secured = new WebSocket('wss://example.org/chat', [], {
  headers: { Authorization: 'Bearer ...' },
  connectTimeoutMs: 5_000,
});
// #endregion options

secured.binaryType = 'arraybuffer';

// #region subclass
export class AuthorizedWebSocket extends WebSocket {
  constructor(url: string, protocols?: string[]) {
    super(url, protocols, { headers: { Authorization: 'Bearer ...' } });
  }
}
// #endregion subclass
