import ReconnectingWebSocket from 'reconnecting-websocket';

const freshTicket = async () => 'ticket-1';

const socket = new ReconnectingWebSocket(
  async () => `wss://example.org/live?ticket=${await freshTicket()}`,
  ['chat.v1'],
  {
    maxReconnectionDelay: 10_000,
    minUptime: 5_000,
    maxEnqueuedMessages: 100,
  },
);

socket.addEventListener('open', () => console.log('open', socket.retryCount));
socket.addEventListener('message', ({ data }) => console.log('received', data));
socket.addEventListener('close', ({ code }) => console.log('lost', code));

socket.send('hello');
