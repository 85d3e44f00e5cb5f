export { type ByteKernels, portableKernels } from './frame/byte-kernels.ts';
export { CloseCode, type CloseOutcome, isCloseCodeOnWire } from './close-code.ts';
export type { Clock } from './clock.ts';
export { HoldfastError, type HoldfastErrorCode, type HoldfastErrorDetails, type SchemaIssue } from './errors.ts';
export { decodeClosePayload, encodeClosePayload, type ClosePayload } from './frame/close-payload.ts';
export { encodeFrame } from './frame/encode-frame.ts';
export type { FrameInit } from './frame/frame-header.ts';
export { formatFrame, formatFrameDiagram } from './frame/format-frame.ts';
export { type Frame, Opcode, type Role } from './frame/frame.ts';
export { FrameDecoder, type FrameDecoderOptions } from './frame/frame-decoder.ts';
export type { PartialFrame } from './frame/frame-reader.ts';
export { applyMask } from './frame/mask.ts';
export { chunkBytes, type ChunkSource, freshChunk, type OutputChunk, OutputMemory } from './frame/output-memory.ts';
export type { Message, Outgoing } from './message.ts';
export { type EncodedMessage, encodeMessage } from './message/encoded-message.ts';
export { MessageAssembler, type MessageAssemblerOptions } from './message/message-assembler.ts';
export type { MessageCodec } from './message/message-codec.ts';
export { messageFrames, splitPayload } from './message/message-splitter.ts';
export { Protocol, type ProtocolEvent, type ProtocolOptions, type ProtocolState } from './protocol/protocol.ts';
export type * from './events/client-event.ts';
export type { ListenOptions } from './events/emitter.ts';
export type { Client } from './session/client.ts';
export type { Codec } from './session/codec.ts';
export type {
  CommonOptions,
  HeartbeatOptions,
  MaybeAsync,
  Probe,
  ReconnectOptions,
} from './session/options.ts';
export type { OutboxOptions } from './session/outbox.ts';
export type { DisconnectCause } from './session/retry-policy.ts';
export type { ClientState } from './session/session.ts';
export type { UrlSource } from './session/session-client.ts';
