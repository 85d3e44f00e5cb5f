import type { StateName } from '../session/client-view.ts';

type Drawn = Exclude<StateName, 'idle'>;

/** A state's place in the picture, by its middle. */
export interface MachineState {
  readonly name: Drawn;
  readonly x: number;
  readonly y: number;
  /** What the state is, in one sentence. */
  readonly meaning: string;
}

/** A transition: an arrow along `path`. */
export interface MachineArrow {
  readonly from: StateName;
  readonly to: Drawn;
  readonly path: string;
  /** What makes it happen. */
  readonly cause: string;
}

/** Half the size of a state in the picture. */
export const halfWidth = 52;
export const halfHeight = 19;

/** The states of a client, laid out as the comment of session.ts draws them. */
export const machineStates: readonly MachineState[] = [
  { name: 'connecting', x: 72, y: 58, meaning: 'A dial is under way, within its time limit.' },
  { name: 'open', x: 220, y: 58, meaning: 'Messages pass, and the heartbeat watches the line.' },
  { name: 'closing', x: 368, y: 58, meaning: 'The closing handshake is under way, within its time limit.' },
  { name: 'waiting', x: 72, y: 190, meaning: 'The delay before the next dial runs; messages queue.' },
  { name: 'closed', x: 368, y: 190, meaning: 'The end: nothing of the client is alive any more.' },
];

/** Every transition that there is. */
export const machineArrows: readonly MachineArrow[] = [
  { from: 'idle', to: 'connecting', path: 'M -8 58 L 18 58', cause: 'connect(url)' },
  { from: 'connecting', to: 'open', path: 'M 124 52 L 166 52', cause: 'the server took the handshake' },
  { from: 'open', to: 'connecting', path: 'M 168 65 L 126 65', cause: 'reconnect(): dial anew' },
  { from: 'connecting', to: 'waiting', path: 'M 62 77 L 62 169', cause: 'the dial failed' },
  { from: 'waiting', to: 'connecting', path: 'M 82 171 L 82 79', cause: 'the delay is over, or the network is back' },
  { from: 'open', to: 'waiting', path: 'M 190 77 Q 170 140 122 172', cause: 'the line ended' },
  { from: 'open', to: 'closing', path: 'M 272 58 L 314 58', cause: 'close()' },
  { from: 'closing', to: 'closed', path: 'M 368 77 L 368 169', cause: "the peer's close frame, or the time limit" },
  { from: 'waiting', to: 'closed', path: 'M 124 196 L 314 196', cause: 'close(), or no attempt is left' },
  {
    from: 'open',
    to: 'closed',
    path: 'M 250 77 Q 270 140 318 172',
    cause: 'the peer is done, or a dial would not help',
  },
  { from: 'connecting', to: 'closed', path: 'M 112 77 Q 160 170 314 185', cause: 'refused for good, or close()' },
  {
    from: 'connecting',
    to: 'closing',
    path: 'M 72 39 Q 72 12 110 12 L 330 12 Q 368 12 368 37',
    cause: 'close() while messages wait: they go first',
  },
];
