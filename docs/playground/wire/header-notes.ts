/** What a header of a handshake is for, and where that stands. */
export interface HeaderNote {
  readonly section: string;
  readonly text: string;
}

const notes: Readonly<Record<string, HeaderNote>> = {
  host: {
    section: 'RFC 9110 7.2',
    text: 'Which of the names at this address is meant, with the port unless it is the usual one.',
  },
  upgrade: {
    section: 'RFC 6455 4.1',
    text: 'Asks to go on with another protocol on this connection, and names it; the answer agrees.',
  },
  connection: {
    section: 'RFC 9110 7.6.1',
    text: 'Says that Upgrade is for this connection alone: a proxy between must not pass it on.',
  },
  'sec-websocket-key': {
    section: 'RFC 6455 4.1',
    text: '16 random bytes in base64. No secret: it shows that the answer is to this request, and from who knows WebSocket.',
  },
  'sec-websocket-version': { section: 'RFC 6455 4.1', text: 'The version of the protocol: 13 is the only one in use.' },
  'sec-websocket-accept': {
    section: 'RFC 6455 4.2.2',
    text: 'Made of the key, as below: the client ends the connection where it is not the one that it expects.',
  },
  'sec-websocket-protocol': {
    section: 'RFC 6455 1.9',
    text: 'Sub-protocols: the client offers some in its order, the server answers with one of them.',
  },
  'sec-websocket-extensions': {
    section: 'RFC 6455 9.1',
    text: 'Extensions, such as permessage-deflate: the client offers, the server takes up what it wants.',
  },
  origin: {
    section: 'RFC 6455 10.2',
    text: 'The page that a browser connects for. A server checks it to keep foreign pages out.',
  },
  authorization: { section: 'RFC 9110 11.6.2', text: 'Who asks. A page cannot set it.' },
  cookie: { section: 'RFC 6265 5.4', text: 'The cookies for this address, which a browser sends by itself.' },
  'user-agent': { section: 'RFC 9110 10.1.5', text: 'What program asks.' },
  'retry-after': { section: 'RFC 9110 10.2.3', text: 'How long to wait before the next try, in seconds or as a date.' },
  'content-type': { section: 'RFC 9110 8.3', text: 'What the body is.' },
  'content-length': { section: 'RFC 9110 8.6', text: 'How many bytes the body has.' },
  'x-content-type-options': { section: 'Fetch 3.9', text: 'Keeps a browser from guessing another type for the body.' },
  allow: { section: 'RFC 9110 10.2.1', text: 'The methods that there are.' },
};

const unknown: HeaderNote = { section: '', text: 'Means nothing to the handshake.' };

/** What is to be said of a header, by its name in any case. */
export function headerNote(name: string): HeaderNote {
  const key = name.toLowerCase();
  return Object.hasOwn(notes, key) ? (notes[key] as HeaderNote) : unknown;
}

/** What the first line of a head says. */
export function startLineNote(startLine: string): HeaderNote {
  if (startLine.startsWith('GET ')) {
    return { section: 'RFC 6455 4.1', text: 'A GET request of HTTP/1.1, like that of a web page, for a path.' };
  }
  if (startLine.startsWith('HTTP/1.1 101 ')) {
    return {
      section: 'RFC 6455 4.2.2',
      text: 'Agreed: what comes behind the empty line is frames, in both directions.',
    };
  }
  return {
    section: 'RFC 6455 4.1',
    text: 'Not 101: the handshake has failed, and the connection ends behind the body.',
  };
}
