import { WebSocket } from 'ws';

const url = 'wss://example.org/live';
let attempt = 0;

function dial() {
  const socket = new WebSocket(url, { headers: { Authorization: 'Bearer ...' } });
  let isAlive = true;
  const heartbeat = setInterval(() => {
    if (!isAlive) socket.terminate();
    isAlive = false;
    if (socket.readyState === WebSocket.OPEN) socket.ping();
  }, 20_000);

  socket.on('pong', () => {
    isAlive = true;
  });
  socket.on('open', () => {
    attempt = 0;
    socket.send('hello');
  });
  socket.on('message', (data, isBinary) => {
    console.log('received', isBinary ? data : String(data));
  });
  socket.on('error', () => {}); // without this line, a lost line ends the process
  socket.on('close', (code) => {
    clearInterval(heartbeat);
    if (code !== 1000) setTimeout(dial, Math.min(30_000, 500 * 2 ** attempt++) * Math.random());
  });
}

dial();
