// For everybody's tests: time that stands still, and a line and a server in memory.
export { type DialAnswer, type MemoryDial, type Refusal } from './testing/dial-answer.ts';
export type { Headers } from './testing/dial-headers.ts';
export { FakeClock } from './testing/fake-clock.ts';
export type { Pace } from './testing/lane.ts';
export { type ContractPeer, type LinkHarness, type LinkRule, linkContract } from './testing/link-contract.ts';
export { LinkPair, type LinkEndHandler, MemoryLink, type Side, silentHandler } from './testing/link-pair.ts';
export { MemoryConnection } from './testing/memory-connection.ts';
export { MemoryServer } from './testing/memory-server.ts';
export {
  createTestKit,
  type DialTraits,
  type PlatformExtras,
  type TestKit,
  type TestKitOptions,
} from './testing/test-kit.ts';
