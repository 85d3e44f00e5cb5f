/** What is told apart by colour; each is also told by a word or a sign, for who sees none. */
export type Tint = 'time' | 'sent' | 'received' | 'note' | 'good' | 'warning' | 'bad';

/** Puts a colour around a text, or leaves it as it is. */
export type Paint = (tint: Tint, text: string) => string;

const codes: Readonly<Record<Tint, number>> = {
  time: 90,
  sent: 36,
  received: 35,
  note: 90,
  good: 32,
  warning: 33,
  bad: 31,
};

const inColour: Paint = (tint, text) => `\x1b[${codes[tint]}m${text}\x1b[39m`;
const plain: Paint = (_tint, text) => text;

/** What colours depend on. */
export interface ColourConditions {
  readonly isTerminal: boolean;
  readonly isOff: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Colours on a terminal that has them, unless NO_COLOR (no-color.org) or `--no-color` says otherwise. */
export function choosePaint({ isTerminal, isOff, env }: ColourConditions): Paint {
  return isTerminal && !isOff && !env.NO_COLOR && env.TERM !== 'dumb' ? inColour : plain;
}
