import { type Field, type FieldName, layOutFrame } from '../../docs/playground/frame/frame-layout.ts';
import { payloadOf } from '../../docs/playground/wire/entry-text.ts';
import type { DissectedLayer } from './tshark.ts';

/** What a reader says of one frame: ours and tshark's are held against each other. */
export interface FrameReading {
  readonly fin: number;
  readonly rsv: number;
  readonly opcode: number;
  readonly mask: number;
  /** What stands in the 7 bits. */
  readonly shortLength: number;
  /** The payload's, in bytes. */
  readonly length: number;
  /** In hex; '' for none. */
  readonly key: string;
  readonly maskedPayload: string;
  readonly payload: string;
  /** Where each field stands, in bits from the frame's start, and how many they are. */
  readonly places: Readonly<Record<string, readonly [firstBit: number, bits: number]>>;
}

/** How the playground reads the frame that these bytes are. */
export function readByPlayground(bytes: Uint8Array): FrameReading {
  const layout = layOutFrame(bytes);
  const find = (name: FieldName) => layout.fields.find((field) => field.name === name);
  const bits = (name: FieldName) => Number.parseInt(find(name)?.value ?? '', 2);
  const place = (name: string, field: Field | undefined) => (field ? { [name]: placeOf(field) } : {});
  const wire = bytes.subarray(layout.payloadStart);
  return {
    fin: bits('fin'),
    rsv: Number.parseInt(`${bits('rsv1')}${bits('rsv2')}${bits('rsv3')}`, 2),
    opcode: bits('opcode'),
    mask: bits('mask'),
    shortLength: bits('length'),
    length: layout.frameBytes - layout.payloadStart,
    key: layout.maskingKey ? toHex(layout.maskingKey) : '',
    maskedPayload: layout.maskingKey ? toHex(wire) : '',
    payload: toHex(payloadOf(bytes)),
    places: {
      ...place('fin', find('fin')),
      rsv: [find('rsv1')?.firstBit ?? -1, 3],
      ...place('opcode', find('opcode')),
      ...place('mask', find('mask')),
      ...place('length', find('length')),
      ...place('extended', find('extended')),
      ...place('key', find('key')),
    },
  };
}

function placeOf({ firstBit, bits }: Field): readonly [number, number] {
  return [firstBit, bits];
}

function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

/** A field's bytes in hex, where they stand in the packet, how many they are, and which bits of them count. */
type Raw = readonly [hex: string, at: number, length: number, bitmask: number];

/** How tshark reads a frame. */
export function readByTshark(layer: DissectedLayer): FrameReading {
  const value = (name: string) => Number(layer[`websocket.${name}`]);
  const raw = (name: string) => layer[`websocket.${name}_raw`] as Raw | undefined;
  const start = raw('fin')?.[1] ?? 0;
  const extended = raw('payload_length_ext_16') ?? raw('payload_length_ext_64');
  const place = (name: string, at: Raw | undefined) => (at ? { [name]: placeOfRaw(at, start) } : {});
  const shortLength = value('payload_length');
  return {
    fin: value('fin'),
    rsv: value('rsv'),
    opcode: value('opcode'),
    mask: value('mask'),
    shortLength,
    length: extended ? Number.parseInt(extended[0], 16) : shortLength,
    key: raw('masking_key')?.[0] ?? '',
    maskedPayload: raw('masked_payload')?.[0] ?? '',
    payload: raw('payload')?.[0] ?? '',
    places: {
      ...place('fin', raw('fin')),
      ...place('rsv', raw('rsv')),
      ...place('opcode', raw('opcode')),
      ...place('mask', raw('mask')),
      ...place('length', raw('payload_length')),
      ...place('extended', extended),
      ...place('key', raw('masking_key')),
    },
  };
}

function placeOfRaw([, at, length, bitmask]: Raw, start: number): readonly [number, number] {
  const firstByte = (at - start) * 8;
  if (bitmask === 0) return [firstByte, length * 8];
  const bits = bitmask.toString(2).replace(/0+$/, '');
  return [firstByte + Math.clz32(bitmask) - 24, bits.length];
}
