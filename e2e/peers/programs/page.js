// The WebSocket of a page as a peer, see ../peer.ts. The page has `note`, and gets `dial`.
globalThis.dial = (url, protocols) => {
  const line = new URL(url).pathname;
  const tell = (told, more) => globalThis.note({ line, told, ...more });
  const socket = new WebSocket(url, protocols);
  socket.binaryType = 'arraybuffer';
  let isOpen = false;
  const commands = {
    close: (code, ...reason) => (code ? socket.close(Number(code), reason.join(' ')) : socket.close()),
    send: (kind, bytes) => {
      const text = 'holdfast '.repeat(Math.ceil(bytes / 9)).slice(0, bytes);
      socket.send(kind === 'text' ? text : new TextEncoder().encode(text));
    },
  };
  socket.addEventListener('open', () => {
    isOpen = true;
    tell('open', { protocol: socket.protocol, extensions: socket.extensions });
  });
  socket.addEventListener('message', ({ data }) => {
    const isText = typeof data === 'string';
    if (isText && data.startsWith('!')) return obey(commands, data, tell);
    tell('message', {
      kind: isText ? 'text' : 'binary',
      bytes: isText ? new TextEncoder().encode(data).length : data.byteLength,
    });
    socket.send(data);
  });
  socket.addEventListener('close', ({ code, reason }) => {
    if (isOpen) tell('closed', { code, reason });
    else tell('refused', { status: 0 });
  });
};

function obey(commands, text, tell) {
  const [name, ...words] = text.slice(1).split(' ');
  try {
    commands[name](...words);
  } catch (error) {
    tell('failed', { what: String(error) });
  }
}
