import { WebSocket, WebSocketServer } from 'ws';

const server = new WebSocketServer({ port: 8080 });
const alive = new WeakSet<WebSocket>();

server.on('connection', (socket, request) => {
  alive.add(socket);
  socket.on('pong', () => alive.add(socket));
  socket.on('error', console.error);
  socket.on('message', (data, isBinary) => {
    for (const other of server.clients) {
      if (other.readyState === WebSocket.OPEN) other.send(data, { binary: isBinary });
    }
  });
  console.log('joined', request.url);
});

const heartbeat = setInterval(() => {
  for (const socket of server.clients) {
    if (!alive.delete(socket)) socket.terminate();
    socket.ping();
  }
}, 20_000);

server.on('close', () => clearInterval(heartbeat));
