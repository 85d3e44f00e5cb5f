import type { RowInit, Section } from '../row/row.ts';
import { group, row, section } from '../row/section.ts';
import { chopped, echoesText, fails, headOf, ping, send, stars, text } from '../row/words.ts';

const dataOpcodes = [3, 4, 5, 6, 7];
const controlOpcodes = [11, 12, 13, 14, 15];
const shown = (opcode: number) => `0x${opcode.toString(16).toUpperCase()}`;

const empty = (opcode: number): RowInit =>
  row('5.2', `Opcode ${shown(opcode)} without a payload is refused`, [send({ opcode }), fails('unknown-opcode')]);

const loaded = (opcode: number): RowInit =>
  row('5.2', `Opcode ${shown(opcode)} with a payload is refused`, [
    send({ opcode, payload: 'reserved' }),
    fails('unknown-opcode'),
  ]);

const behindText = (opcode: number): RowInit =>
  row('5.2', `Opcode ${shown(opcode)} behind a text in one TCP segment is refused, and the text comes back`, [
    send(text('before'), { opcode, payload: 'reserved' }, ping()),
    echoesText('before'),
    fails('unknown-opcode'),
  ]);

const choppedBehindText = (opcode: number): RowInit =>
  row('5.2', `Opcode ${shown(opcode)} behind a text in TCP segments of one byte is refused, and the text comes back`, [
    chopped(1, text('before'), { opcode, payload: 'reserved' }, ping()),
    echoesText('before'),
    fails('unknown-opcode'),
  ]);

const betweenFragments = (opcode: number): RowInit =>
  row('5.4', `Opcode ${shown(opcode)} between fragments is refused`, [
    send(text('frag', { fin: false }), { opcode }, { opcode: 0, payload: 'ment' }),
    fails('unknown-opcode'),
  ]);

/** The opcodes that RFC 6455 leaves for later. */
export const opcodes: Section = section(4, 'Opcodes', [
  group(
    'Reserved for data',
    dataOpcodes.map(empty),
    dataOpcodes.map(loaded),
    [3, 7].map(behindText),
    choppedBehindText(5),
    [3, 7].map(betweenFragments),
    row('5.2', 'A fragment with a reserved opcode is refused', [
      send({ opcode: 3, payload: 'frag', fin: false }),
      fails('unknown-opcode'),
    ]),
  ),
  group(
    'Reserved for control',
    controlOpcodes.map(empty),
    controlOpcodes.map(loaded),
    [11, 15].map(behindText),
    choppedBehindText(13),
    [11, 15].map(betweenFragments),
  ),
  group(
    'As soon as it shows',
    row('5.2', 'The first byte of a frame is enough to refuse its opcode', [
      send(headOf(1, { opcode: 6, payload: 'reserved' })),
      fails('unknown-opcode'),
    ]),
    row('5.2', 'The first byte of a control frame is enough to refuse its opcode', [
      send(headOf(1, { opcode: 12, payload: 'reserved' })),
      fails('unknown-opcode'),
    ]),
    row('5.2', 'A megabyte with a reserved opcode is refused before it arrives', [
      send({ opcode: 4, payload: stars(1_000_000), part: { to: { payload: 0 } } }),
      fails('unknown-opcode'),
    ]),
  ),
]);
