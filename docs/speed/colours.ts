/** Each of those who are compared by a colour of its own, which tells them apart on a light page and on a dark one. */
const colours: Readonly<Record<string, string>> = {
  holdfast: 'var(--hf-kelp-2)',
  ws: 'var(--hf-tide)',
  undici: 'var(--hf-field-mask)',
  'bare socket': 'var(--hf-field-rsv)',
  bufferutil: 'var(--hf-field-opcode)',
  native: 'var(--hf-field-rsv)',
  'no delivery': 'var(--hf-field-rsv)',
};

/** For what is not one of them, in the order of a chart. */
const further = ['var(--hf-kelp-2)', 'var(--hf-field-opcode)', 'var(--hf-field-mask)', 'var(--hf-coral)'];

/** The colour of a contender, or of a series that begins with its name; else of the place in the chart. */
export function colourOf(name: string, at = 0): string {
  return colours[name.split(',')[0]!] ?? further[at % further.length]!;
}
