// For either role, any bytes under any cutting give the same events and the same output, each event at the byte that
// completes it; both are those of a reference written from the RFC, and of the `ws` package where the rules coincide.
// Nothing is thrown. The output is itself a valid stream of the right role, answers each ping but those past the limit,
// and ends in a close frame when the connection is closed or failed. Nothing comes after a close or a fault. Memory is
// taken for what has arrived, and all of it is linear in what has arrived.
import { type HoldfastError, Protocol, type ProtocolEvent, type ProtocolOptions } from '@holdfast/core';
import { countAllocations } from '../engine/allocations.ts';
import { concat, toLatin1 } from '../engine/hex.ts';
import { hold, holdSame, holdSameList, type Target } from '../engine/target.ts';
import { type Cutting, cuttings, isUntouched, singleBytes } from '../generate/cuts.ts';
import { type Judgement, judge } from '../reference/reference-protocol.ts';
import { checkAgainstWs } from '../reference/ws-receiver.ts';
import { checkAllocated } from './allocated.ts';
import { checkFault, faultLabels } from './frame-decoder.ts';
import { checkOutput, maskingKeys, readOutput } from './protocol-output.ts';
import { generateWireInput, readWireInput, type WireInput, wireHeaderBytes } from './wire-input.ts';

/** The memory that all outputs of a thread write to, one after the other. */
const sharedOutputBytes = 64 * 1024;

/** The part of a Protocol that is fuzzed here. */
export type ReceiverLike = Pick<Protocol, 'receive' | 'takeOutput' | 'state' | 'transport' | 'outcome'>;

interface Heard {
  readonly events: readonly string[];
  /** After how many bytes each event was there. */
  readonly ats: readonly number[];
  readonly fault: HoldfastError | undefined;
}

/** The protocol in both roles, or one with a fault planted. */
export function protocolTarget(
  create: (options: ProtocolOptions) => ReceiverLike = (options) => new Protocol(options),
): Target {
  return {
    name: 'protocol',
    weight: { long: 200, short: 25 },
    headerBytes: wireHeaderBytes,
    generate: generateWireInput,
    run(input) {
      const wire = readWireInput(input);
      const judgement = judge(wire.stream, wire.role === 'server', wire.limits);
      let fault: HoldfastError | undefined;
      const outputs = cuttings(wire.stream, wire.cutSeed).map((cutting) => {
        const [[output, told], allocated] = countAllocations(() =>
          checkCutting(create(optionsOf(wire)), cutting, wire, judgement),
        );
        hold(isUntouched(cutting, wire.stream), `a chunk was written into, ${cutting.name}`);
        // A close frame that comes byte by byte is looked at from its start each time: 16 pieces more, at most once.
        checkAllocated(allocated, wire.stream.length, judgement.frames + 17, sharedOutputBytes);
        fault = told;
        return toLatin1(output);
      });
      for (const output of outputs) holdSame(output, outputs[0], 'output of another cutting');
      checkOutput(Buffer.from(outputs[0] as string, 'latin1'), wire, judgement);
      if (wire.cutSeed % 4 === 0) checkEagerOutput(create(optionsOf(wire)), wire, judgement);
      checkAgainstWs(wire, judgement);
      const kinds = judgement.events.map(({ event }) => event.slice(0, event.indexOf(' ')));
      return [...faultLabels(wire.role, fault), ...kinds];
    },
  };
}

function optionsOf({ role, limits, maxPendingPongs }: WireInput): ProtocolOptions {
  const common = { ...limits, maxPendingPongs };
  return role === 'server' ? { ...common, role } : { ...common, role, createMaskingKey: maskingKeys() };
}

/** Feeds a cutting, holds what is heard against the judgement, and answers all output, and the fault. */
function checkCutting(
  protocol: ReceiverLike,
  cutting: Cutting,
  wire: WireInput,
  judgement: Judgement,
): readonly [output: Uint8Array, fault: HoldfastError | undefined] {
  const { events, ats, fault } = hear(protocol, cutting);
  holdSameList(
    events,
    judgement.events.map(({ event }) => event),
    `event ${cutting.name}`,
  );
  checkFault(fault, judgement.fault, cutting.name);
  if (cutting.name === 'byte by byte') {
    const expected = [...judgement.events.map(({ at }) => at), ...(judgement.fault ? [judgement.fault.at] : [])];
    holdSameList(ats.map(String), expected.map(String), 'byte at which an event is told');
  }
  checkState(protocol, wire, judgement, fault);
  return [concat(protocol.takeOutput()), fault];
}

function hear(protocol: ReceiverLike, { chunks }: Cutting): Heard {
  const events: string[] = [];
  const ats: number[] = [];
  let fault: HoldfastError | undefined;
  let isOver = false;
  let bytes = 0;
  for (const chunk of chunks) {
    bytes += chunk.length;
    for (const event of protocol.receive(chunk)) {
      hold(!isOver, () => `event after the end: ${formatEvent(event)}`);
      ats.push(bytes);
      if (event.type === 'fault') fault = event.error;
      else events.push(formatEvent(event));
      isOver = event.type === 'fault' || event.type === 'close';
    }
  }
  return { events, ats, fault };
}

function checkState(
  protocol: ReceiverLike,
  { role }: WireInput,
  judgement: Judgement,
  fault: HoldfastError | undefined,
): void {
  const isClosed = judgement.events.at(-1)?.event.startsWith('close ') === true;
  holdSame(protocol.state, fault ? 'failed' : isClosed ? 'closed' : 'open', 'state');
  // RFC 6455 7.1.1: the server closes TCP first.
  const over = role === 'server' ? 'end' : 'await-end';
  holdSame(protocol.transport, fault || isClosed ? over : 'keep', 'transport');
  const { code, wasClean, error } = protocol.outcome();
  holdSame(wasClean, isClosed, 'wasClean');
  if (!isClosed) holdSame(code, 1006, 'code of the outcome');
  if (fault) hold(error === fault, 'the outcome has another error than the fault');
}

/** Where the output is taken after each chunk, every ping is answered, in order. */
function checkEagerOutput(protocol: ReceiverLike, { stream, role }: WireInput, judgement: Judgement): void {
  const output: Uint8Array[] = [];
  if (stream.length > 1024) return;
  for (const chunk of singleBytes(stream)) {
    protocol.receive(chunk);
    output.push(...protocol.takeOutput());
  }
  const pings = judgement.events.filter(({ event }) => event.startsWith('ping '));
  holdSameList(
    readOutput(concat(output), role).filter((event) => event.startsWith('pong ')),
    pings.map(({ event }) => event.replace('ping', 'pong')),
    'pong of an eager writer',
  );
}

/** An event as text. */
function formatEvent(event: ProtocolEvent): string {
  switch (event.type) {
    case 'message':
      return typeof event.data === 'string' ? `text ${event.data}` : `binary ${toLatin1(event.data)}`;
    case 'ping':
    case 'pong':
      return `${event.type} ${toLatin1(event.payload)}`;
    case 'close':
      return `close ${event.code} ${event.reason}`;
    case 'fault':
      return `fault ${event.error.message}`;
  }
}
