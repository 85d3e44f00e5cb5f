// For everybody's tests: time that stands still, and a line and a server in memory.
export { FakeClock } from './testing/fake-clock.ts';
export { type ContractPeer, type LinkHarness, type LinkRule, linkContract } from './testing/link-contract.ts';
export { LinkPair, type LinkEndHandler, MemoryLink, silentHandler } from './testing/link-pair.ts';
export { MemoryConnection, MemoryServer } from './testing/memory-server.ts';
