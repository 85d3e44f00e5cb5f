import file from '../../docs/public/delivery-examples.json' with { type: 'json' };

/** What travels in one WebSocket message: text as it is, bytes in hex. */
export type Content = string | { readonly hex: string };

/** One step of a dialogue; docs/protocols/delivery.md says what each means. */
export type Step =
  | { readonly link: number }
  | ({ readonly client: Content } & OnLink)
  | ({ readonly server: Content } & OnLink)
  | ({ readonly clientCloses: number; readonly reason: string } & OnLink)
  | ({ readonly serverCloses: number; readonly reason?: string } & OnLink)
  | { readonly cut: number }
  | AppStep;

/** Something that the app behind the client does, or is told. */
export type AppStep =
  | { readonly app: 'sends' | 'gets' | 'loses'; readonly message: Content }
  | { readonly app: 'opens'; readonly resumed: boolean }
  | { readonly app: 'closes' | 'ends'; readonly code: number; readonly reason: string };

interface OnLink {
  /** The link that it travels on; by default the newest. */
  readonly on?: number;
  /** It was sent and does not arrive. */
  readonly lost?: boolean;
}

/** An end that a dialogue tests; the other end is played. */
export type End = 'client' | 'server';

/** What two ends say to each other. */
export interface Dialogue {
  readonly name: string;
  readonly shows: string;
  readonly tests: readonly End[];
  readonly steps: readonly Step[];
}

/** A message of the sub-protocol, and what it says: data or a word. */
export interface PacketExample {
  readonly name: string;
  readonly packet: Content;
  readonly data?: { readonly number: number; readonly payload: Content };
  readonly control?: Readonly<Record<string, string | number>>;
}

/** A packet in the frames of RFC 6455, in hex. */
export interface FrameExample {
  readonly name: string;
  readonly packet: Content;
  /** The key by which the client masks its frame. */
  readonly mask: string;
  readonly fromClient: string;
  readonly fromServer?: string;
}

/** The examples of the specification. */
export const examples = file as unknown as {
  readonly protocol: string;
  readonly about: readonly string[];
  readonly packets: readonly PacketExample[];
  readonly malformed: readonly { readonly name: string; readonly packet: Content }[];
  readonly frames: readonly FrameExample[];
  readonly dialogues: readonly Dialogue[];
};

/** The dialogues in which this end is the one under test. */
export function dialoguesFor(end: End): readonly Dialogue[] {
  return examples.dialogues.filter(({ tests }) => tests.includes(end));
}

/** What an app or a socket is given for this. */
export function contentOf(content: Content): string | Uint8Array<ArrayBuffer> {
  return typeof content === 'string' ? content : bytesOf(content.hex);
}

/** Bytes from hex. */
export function bytesOf(hex: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

/** Bytes in hex. */
export function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The number of an acknowledgement, or `undefined` where this is none. */
export function ackOf(content: Content): number | undefined {
  return typeof content === 'string' && /^ack \d+$/.test(content) ? Number(content.slice(4)) : undefined;
}

/** A packet so that two that mean the same are equal: in a greeting neither order nor white space count. */
export function meaningOf(content: Content): unknown {
  const [, type, json] = (typeof content === 'string' && /^(hello|welcome) (.*)$/.exec(content)) || [];
  return json === undefined ? content : { type, ...(JSON.parse(json) as object) };
}
