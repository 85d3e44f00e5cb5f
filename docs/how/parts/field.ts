/** The parts of a frame that the pictures colour. */
export type FieldName = 'fin' | 'rsv' | 'opcode' | 'mask' | 'length' | 'extended' | 'key' | 'payload';

/** A piece of a frame: its bytes in hex, what they are called, and what they say. */
export interface FramePart {
  readonly field: string;
  readonly hex: string;
  readonly name: string;
  readonly says: string;
}

/** A frame in its pieces. */
export interface FrameExample {
  readonly title: string;
  readonly from: string;
  readonly parts: readonly FramePart[];
}

/** One arrow of a picture of two ends: who says what, or what happens between. */
export interface SequenceStep {
  readonly from: string;
  readonly label: string;
  readonly hex?: string;
  /** It answers the step before. */
  readonly isAnswer?: boolean;
  /** It does not arrive. */
  readonly isLost?: boolean;
}

/** The style that gives an element the colour of a field. */
export function colourOf(field: string): string {
  return `--field: var(--hf-field-${field})`;
}
