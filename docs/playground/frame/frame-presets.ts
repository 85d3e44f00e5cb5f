import { Opcode } from '@holdfast/core';
import { type FrameInput, firstInput } from './frame-input.ts';
import { formatHex } from './hex.ts';

/** A frame to start from. */
export interface FramePreset {
  readonly label: string;
  readonly makeInput: () => FrameInput;
}

const rfcKey = { isMasked: true, maskingKey: '37 fa 21 3d' };
const unmasked = { isMasked: false };

/** The examples of RFC 6455 5.7 in their order, then frames that show one thing each. */
export const rfcPresets: readonly FramePreset[] = [
  preset('“Hello”', unmasked),
  preset('“Hello”, masked', rfcKey),
  preset('Fragment “Hel”', { ...unmasked, payload: 'Hel', fin: false }),
  preset('Last fragment “lo”', { ...unmasked, payload: 'lo', opcode: Opcode.Continuation }),
  preset('Ping “Hello”', { ...unmasked, opcode: Opcode.Ping }),
  preset('Pong “Hello”, masked', { ...rfcKey, opcode: Opcode.Pong }),
  { label: '256 bytes', makeInput: () => binary(256, unmasked) },
  { label: '64 KiB', makeInput: () => binary(65_536, unmasked) },
];

export const morePresets: readonly FramePreset[] = [
  preset('“hello websocket”', { payload: 'hello websocket\n', maskingKey: '08 f6 ef b1' }),
  preset('Empty ping', { payload: '', opcode: Opcode.Ping }),
  preset('Close 1000 “bye”', { payloadKind: 'hex', payload: '03 e8 62 79 65', opcode: Opcode.Close }),
  { label: '126 bytes', makeInput: () => binary(126, rfcKey) },
  { label: '65536 bytes', makeInput: () => binary(65_536, rfcKey) },
];

function preset(label: string, changes: Partial<FrameInput>): FramePreset {
  return { label, makeInput: () => ({ ...firstInput, ...changes }) };
}

/** The bytes 00 to ff over and over. */
function binary(length: number, changes: Partial<FrameInput>): FrameInput {
  const payload = formatHex(Array.from({ length }, (_, at) => at % 256));
  return { ...firstInput, ...changes, payloadKind: 'hex', payload, opcode: Opcode.Binary };
}
