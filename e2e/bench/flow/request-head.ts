/** The request of a client for a resource, with the key of RFC 6455 1.3. */
export function requestHead(resource: string): string {
  const lines = [
    `GET ${resource} HTTP/1.1`,
    'Host: 127.0.0.1',
    'Upgrade: websocket',
    'Connection: Upgrade',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    'Sec-WebSocket-Version: 13',
  ];
  return lines.map((line) => `${line}\r\n`).join('') + '\r\n';
}
