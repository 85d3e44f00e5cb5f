import { chatLimits } from './protocol.ts';

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

/** The name that the URL of a member asks for by `?name=`, or one such as "Calm Urchin". */
export function nameOf(url: string): string {
  const name = new URL(url, 'ws://room').searchParams.get('name')?.trim() ?? '';
  return name === '' || name.length > chatLimits.nameLength ? `${pick(moods)} ${pick(creatures)}` : name;
}

/** The name, with a number where it is taken: "Ada 2". */
export function freeName(wanted: string, taken: ReadonlySet<string>): string {
  let name = wanted;
  for (let number = 2; taken.has(name); number++) name = `${wanted} ${number}`;
  return name;
}

function pick(words: readonly string[]): string {
  return words[Math.floor(Math.random() * words.length)] ?? '';
}
