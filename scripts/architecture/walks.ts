/** A function or a class member, `core/src/frame/mask.ts applyMask`: its file from `packages/` on, and its name. */
export type Place = `${string}.ts ${string}`;

/** One call on a walk. */
export interface Hop {
  readonly from: Place;
  /** What stands there as a call. */
  readonly calls: string;
  readonly to: Place;
  /** The member of a port that is called, where neither side imports the other. */
  readonly through?: Place;
  readonly does: string;
}

/** A message's way through the files. */
export interface Walk {
  readonly title: string;
  readonly says: string;
  readonly hops: readonly Hop[];
}

const client = 'core/src/session/session-client.ts';
const emitter = 'core/src/events/emitter.ts';
const ports = 'core/src/session/link.ts';
const protocol = 'core/src/protocol/protocol.ts';
const splitter = 'core/src/message/message-splitter.ts';
const assembler = 'core/src/message/message-assembler.ts';
const reader = 'core/src/frame/frame-reader.ts';
const output = 'core/src/frame/frame-output.ts';
const memory = 'core/src/frame/output-memory.ts';
const link = 'node/src/socket-link.ts';
const webLink = 'web/src/web-link.ts';
const connection = 'node/src/server/server-connection.ts';
const events = 'node/src/server/connection-events.ts';
const broadcast = 'node/src/server/broadcast.ts';
const encoded = 'core/src/message/encoded-message.ts';

const toWire: readonly Hop[] = [
  { from: `${link} send`, calls: 'send', to: `${protocol} send`, does: 'text becomes UTF-8' },
  {
    from: `${protocol} send`,
    calls: '#sendPayload',
    to: `${protocol} #sendPayload`,
    does: 'bytes as they are, or as an extension encodes them',
  },
  {
    from: `${protocol} #sendPayload`,
    calls: 'splitPayload',
    to: `${splitter} splitPayload`,
    does: 'cuts them where fragments are wanted',
  },
  {
    from: `${protocol} #sendPayload`,
    calls: 'writeBytes',
    to: `${output} writeBytes`,
    does: 'behind the pongs that are due, and behind the frames of this turn',
  },
  {
    from: `${output} writeBytes`,
    calls: '#finish',
    to: `${output} #finish`,
    does: 'copies it to its place',
  },
  {
    from: `${output} #finish`,
    calls: 'mask',
    to: 'node/src/kernels/pooled-memory.ts mask',
    through: `${memory} mask`,
    does: 'masks, as a client, where they were copied to',
  },
  { from: `${protocol} send`, calls: '#sendText', to: `${protocol} #sendText`, does: 'text' },
  {
    from: `${protocol} #sendText`,
    calls: 'writeText',
    to: `${output} writeText`,
    does: 'becomes UTF-8 in its place in the frame',
  },
  { from: `${link} send`, calls: '#addOutput', to: `${link} #addOutput`, does: 'counts the bytes that wait' },
  { from: `${link} #addOutput`, calls: '#flushSoon', to: `${link} #flushSoon`, does: 'once a turn' },
  { from: `${link} #flushSoon`, calls: '#flush', to: `${link} #flush`, does: 'writes all of the turn at once' },
  { from: `${link} #flush`, calls: 'takeOutput', to: `${protocol} takeOutput`, does: 'takes what is to be written' },
  { from: `${link} #flush`, calls: '#write', to: `${link} #write`, does: 'and gives it to the socket' },
];

const fromWire: readonly Hop[] = [
  { from: `${link} #onData`, calls: 'receive', to: `${protocol} receive`, does: 'bytes in, events out' },
  { from: `${protocol} receive`, calls: 'advance', to: `${reader} advance`, does: 'goes from frame to frame' },
  {
    from: `${reader} advance`,
    calls: '#readHeader',
    to: `${reader} #readHeader`,
    does: 'holds header and length to the rules',
  },
  {
    from: `${protocol} receive`,
    calls: '#receiveControl',
    to: `${protocol} #receiveControl`,
    does: 'a close frame; a ping is put down for its pong',
  },
  { from: `${protocol} receive`, calls: '#receiveData', to: `${protocol} #receiveData`, does: 'data' },
  {
    from: `${protocol} #receiveData`,
    calls: 'isWholeMessage',
    to: `${assembler} isWholeMessage`,
    does: 'most often a frame is a message',
  },
  {
    from: `${protocol} #receiveData`,
    calls: 'takePayload',
    to: `${reader} takePayload`,
    does: 'a view of what arrived, unmasked as a server',
  },
  {
    from: `${reader} takePayload`,
    calls: 'take',
    to: 'core/src/bytes/byte-queue.ts take',
    does: 'joined, where it came in pieces',
  },
  { from: `${protocol} #receiveData`, calls: 'push', to: `${assembler} push`, does: 'else fragments to a message' },
  { from: `${link} #onData`, calls: '#flush', to: `${link} #flush`, does: 'what is due goes out first' },
  {
    from: `${link} #onData`,
    calls: '#tellAll',
    to: `${link} #tellAll`,
    does: 'then they are told, once the app is ready',
  },
  { from: `${link} #tellAll`, calls: '#tell', to: `${link} #tell`, does: 'one after the other' },
];

/** The walks of the design, each hop as it stands in the code. */
export const walks: readonly Walk[] = [
  {
    title: 'Out, in Node',
    says: 'A message of the app becomes bytes in the socket. One way down, each hop a plain call.',
    hops: [
      {
        from: `${client} send`,
        calls: 'handOver',
        to: `${client} handOver`,
        does: 'where a link is open; else it is queued',
      },
      {
        from: `${client} handOver`,
        calls: 'send',
        to: `${link} send`,
        through: `${ports} send`,
        does: 'through the Link port',
      },
      ...toWire,
    ],
  },
  {
    title: 'In, in Node',
    says: 'Bytes of the socket become an event of the app. The protocol answers; who called it writes before it tells.',
    hops: [
      ...fromWire,
      {
        from: `${link} #tell`,
        calls: 'onMessage',
        to: `${client} onMessage`,
        through: `${ports} onMessage`,
        does: 'through the LinkHandler port',
      },
      { from: `${client} onMessage`, calls: 'emit', to: `${emitter} emit`, does: 'past the state machine' },
      { from: `${emitter} emit`, calls: 'guard', to: `${emitter} guard`, does: 'calls each listener of the type' },
    ],
  },
  {
    title: 'Out and in, on the web',
    says: 'The browser frames: a native WebSocket is the link, and two files are all.',
    hops: [
      {
        from: `${client} send`,
        calls: 'handOver',
        to: `${client} handOver`,
        does: 'out: where a link is open; else it is queued',
      },
      {
        from: `${client} handOver`,
        calls: 'send',
        to: `${webLink} webConnector`,
        through: `${ports} send`,
        does: 'the Link is the socket that this made',
      },
      {
        from: `${webLink} onmessage`,
        calls: 'onMessage',
        to: `${client} onMessage`,
        through: `${ports} onMessage`,
        does: 'in: through the LinkHandler port',
      },
      { from: `${client} onMessage`, calls: 'emit', to: `${emitter} emit`, does: 'and to the listeners' },
    ],
  },
  {
    title: 'On a server',
    says: 'The same link and the same protocol, with a connection where the client stands. A broadcast encodes once.',
    hops: [
      { from: `${connection} send`, calls: 'send', to: `${link} send`, does: 'out: and on as above' },
      {
        from: `${broadcast} broadcast`,
        calls: 'sendShared',
        to: `${connection} sendShared`,
        does: 'out to many: handed to each connection',
      },
      {
        from: `${connection} sendShared`,
        calls: 'encodeMessage',
        to: `${encoded} encodeMessage`,
        does: 'one frame for all that would encode it alike',
      },
      { from: `${connection} sendShared`, calls: 'sendEncoded', to: `${link} sendEncoded`, does: 'and to its link' },
      {
        from: `${link} sendEncoded`,
        calls: 'sendEncoded',
        to: `${protocol} sendEncoded`,
        does: 'which writes it as it is',
      },
      {
        from: `${link} #tell`,
        calls: 'onMessage',
        to: `${connection} onMessage`,
        through: `${ports} onMessage`,
        does: 'in: through the LinkHandler port',
      },
      {
        from: `${connection} onMessage`,
        calls: 'receive',
        to: `${events} receive`,
        does: 'what the codec makes of it',
      },
      { from: `${events} receive`, calls: '#emit', to: `${emitter} emit`, does: 'goes to the listeners' },
    ],
  },
];
