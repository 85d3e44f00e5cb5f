/** The platform's WebSocket as far as a link touches it, played by the test's word. */
export class FakeWebSocket {
  /** All that were made, in order. */
  static made: FakeWebSocket[] = [];

  static get latest(): FakeWebSocket {
    return FakeWebSocket.made.at(-1) as FakeWebSocket;
  }

  readonly url: string;
  readonly protocols: readonly string[];
  protocol = '';
  binaryType = 'blob';
  readyState = 0;
  bufferedAmount = 0;
  readonly sent: unknown[] = [];
  readonly closes: unknown[][] = [];
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string | ArrayBuffer }) => void) | null = null;
  onclose: ((event: { code: number; reason: string; wasClean: boolean }) => void) | null = null;

  constructor(url: string, protocols: readonly string[]) {
    // As browsers do.
    if (!/^wss?:/.test(url)) throw new SyntaxError(`not a WebSocket URL: ${url}`);
    this.url = url;
    this.protocols = protocols;
    FakeWebSocket.made.push(this);
  }

  send(message: unknown): void {
    if (this.readyState === 0) throw new Error('InvalidStateError');
    this.sent.push(message);
  }

  close(...given: unknown[]): void {
    this.closes.push(given);
    if (this.readyState < 2) this.readyState = 2;
  }

  /** The handshake is done. */
  open(protocol = ''): void {
    this.readyState = 1;
    this.protocol = protocol;
    this.onopen?.();
  }

  /** A message arrived. */
  receive(data: string | ArrayBuffer): void {
    this.onmessage?.({ data });
  }

  /** The connection, or the dial, ended. */
  end(code: number, reason = '', wasClean = code !== 1006): void {
    this.readyState = 3;
    this.onclose?.({ code, reason, wasClean });
  }
}
