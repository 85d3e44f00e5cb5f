import { io } from 'socket.io-client';

const socket = io('https://example.org', { path: '/live', transports: ['websocket'] });

socket.on('connect', () => console.log('open'));
socket.on('disconnect', (reason) => console.log('lost', reason));
socket.on('said', (name: string, text: string) => console.log(name, text));

const count: number = await socket.timeout(5_000).emitWithAck('count', 'lobby');
console.log('members', count);
socket.emit('say', 'hello');
