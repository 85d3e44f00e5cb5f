import { createServer } from 'node:http';
import { Server } from 'socket.io';

const http = createServer().listen(8080);
const io = new Server(http, { path: '/live' });

io.on('connection', (socket) => {
  void socket.join('lobby');
  socket.on('say', (text: string) => io.to('lobby').emit('said', 'ada', text));
  socket.on('count', (room: string, answer: (count: number) => void) => {
    answer(io.sockets.adapter.rooms.get(room)?.size ?? 0);
  });
});
