import { type Frame, FrameDecoder, type HoldfastError } from '@holdfast/core';
import type { DecodeCommand } from './command.ts';
import { ExitCode } from './exit-code.ts';
import { formatJson } from './format-json.ts';
import { describe } from './format-text.ts';
import { parseHex } from './hex.ts';
import type { Direction } from './report.ts';
import type { Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';

/** Shows the frames of bytes, of either end, and what is wrong with them. Throws a UsageError on no hex. */
export async function decodeFrames(command: DecodeCommand, { stdin, stdout, stderr }: Terminal): Promise<ExitCode> {
  const bytes = parseHex(command.hex ?? (await readAll(stdin)));
  if (bytes.length === 0) throw new UsageError('no bytes are given');
  // RFC 6455 5.1: clients mask, servers do not.
  const isMasked = ((bytes[1] ?? 0) & 0x80) !== 0;
  const { frames, fault } = readFrames(bytes, isMasked);
  for (const frame of frames) stdout.write(`${formatOne(frame, isMasked ? 'out' : 'in', command)}\n`);
  if (fault === undefined) return ExitCode.Closed;
  stderr.write(`holdfast: ${fault}\n`);
  return ExitCode.RuleBroken;
}

async function readAll(stdin: Terminal['stdin']): Promise<string> {
  let text = '';
  for await (const chunk of stdin) text += String(chunk);
  return text;
}

function readFrames(bytes: Uint8Array, isMasked: boolean): { frames: Frame[]; fault?: string } {
  const decoder = new FrameDecoder({ role: isMasked ? 'server' : 'client', allowRsv1: true });
  const frames: Frame[] = [];
  decoder.feed(bytes);
  try {
    for (let frame = decoder.next(); frame; frame = decoder.next()) frames.push(frame);
  } catch (error) {
    return { frames, fault: (error as HoldfastError).message };
  }
  const { partial } = decoder;
  if (partial) {
    return { frames, fault: `the last frame is cut: its payload would have ${partial.payloadBytes} bytes` };
  }
  const whole = frames.reduce((sum, frame) => sum + wireBytes(frame), 0);
  return whole < bytes.length
    ? { frames, fault: `a header is cut: ${bytes.length - whole} bytes are left` }
    : { frames };
}

/** RFC 6455 5.2: two bytes, the longer length, the key, the payload. */
function wireBytes({ maskingKey, payload: { length } }: Frame): number {
  return 2 + (length > 0xffff ? 8 : length > 125 ? 2 : 0) + (maskingKey ? 4 : 0) + length;
}

function formatOne(frame: Frame, direction: Direction, { look }: DecodeCommand): string {
  const report = { event: 'frame', direction, frame } as const;
  if (look.isJson) return formatJson(report, new Date());
  // The short form only on request: who decodes by hand wants to see the bits.
  const frames = look.frames === 'lines' ? 'lines' : 'bits';
  return describe(report, { paint: (_tint, text) => text, isFull: look.isFull, frames });
}
