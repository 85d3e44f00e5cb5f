// The ws library as a peer, see ../peer.ts: `node ws.mjs server|client compressed|plain`.
import { createInterface } from 'node:readline';
import { WebSocket, WebSocketServer } from 'ws';

const [role, compression] = process.argv.slice(2);
const options = { perMessageDeflate: compression === 'compressed' && { threshold: 0 }, maxPayload: 2 ** 24 + 2 ** 16 };
const input = createInterface({ input: process.stdin }).on('close', () => process.exit());

const write = (value) => console.log(JSON.stringify(value));
if (role === 'server') listen();
else {
  write({ port: 0 });
  input.on('line', (line) => dial(JSON.parse(line)));
}

function listen() {
  const server = new WebSocketServer({
    ...options,
    host: '127.0.0.1',
    port: 0,
    handleProtocols: (offered) => offered.has('chat.v2') && 'chat.v2',
    verifyClient: ({ req }, answer) => {
      const status = Number(req.url.split('/refuse/')[1] ?? 0);
      answer(status === 0, status);
    },
  });
  server.on('listening', () => write({ port: server.address().port }));
  server.on('connection', (socket, request) => {
    const tell = teller(request.url);
    attend(socket, tell);
    tell('open', { protocol: socket.protocol, extensions: socket.extensions });
  });
}

function dial({ url, protocols }) {
  const socket = new WebSocket(url, protocols, options);
  const tell = teller(new URL(url).pathname);
  socket.on('open', () => tell('open', { protocol: socket.protocol, extensions: socket.extensions }));
  socket.on('unexpected-response', (_request, { statusCode }) => tell('refused', { status: statusCode }));
  attend(socket, tell);
}

function teller(line) {
  return (told, more) => write({ line, told, ...more });
}

function attend(socket, tell) {
  let fragments = 1;
  const send = (bytes, binary) => {
    const length = Math.ceil(bytes.length / fragments);
    for (let sent = 1; sent <= fragments; sent++) {
      socket.send(bytes.subarray((sent - 1) * length, sent * length), { binary, fin: sent === fragments });
    }
  };
  const commands = {
    close: (code, ...reason) => (code ? socket.close(Number(code), reason.join(' ')) : socket.close()),
    send: (kind, bytes) => send(Buffer.alloc(Number(bytes), 'holdfast '), kind === 'binary'),
    fragments: (count) => {
      fragments = Number(count);
    },
    ping: (payload) => socket.ping(payload),
  };
  socket.on('message', (data, isBinary) => {
    const text = isBinary || data.length > 200 ? '' : data.toString();
    if (text.startsWith('!')) return obey(commands, text, tell);
    tell('message', { kind: isBinary ? 'binary' : 'text', bytes: data.length });
    send(data, isBinary);
  });
  socket.on('pong', (payload) => tell('pong', { payload: payload.toString() }));
  socket.on('close', (code, reason) => tell('closed', { code, reason: reason.toString() }));
  // A close follows.
  socket.on('error', () => {});
}

function obey(commands, text, tell) {
  const [name, ...args] = text.slice(1).split(' ');
  try {
    commands[name](...args);
  } catch (error) {
    tell('failed', { what: String(error) });
  }
}
