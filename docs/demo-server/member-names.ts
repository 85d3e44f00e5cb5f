const moods = ['Calm', 'Brisk', 'Quiet', 'Bold', 'Gentle', 'Wry', 'Steady', 'Merry', 'Patient', 'Bright'];
const creatures = [
  'Urchin',
  'Limpet',
  'Otter',
  'Whelk',
  'Kelp',
  'Sea Star',
  'Cuttlefish',
  'Mussel',
  'Wrasse',
  'Brittle Star',
];

/** A name such as "Calm Urchin" that `taken` does not have yet. */
export function pickName(taken: ReadonlySet<string>): string {
  const name = `${pick(moods)} ${pick(creatures)}`;
  if (!taken.has(name)) return name;
  let number = 2;
  while (taken.has(`${name} ${number}`)) number++;
  return `${name} ${number}`;
}

function pick(words: readonly string[]): string {
  return words[Math.floor(Math.random() * words.length)] ?? '';
}
