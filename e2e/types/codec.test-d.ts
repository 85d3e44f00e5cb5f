// Tests of types: codecs without schemas, and clients without codecs.
import { connect as connectOnNode } from '@holdfast/node';
import { connect as connectInPage } from '@holdfast/web';
import { type Client, connect, type Message, type Outgoing } from 'holdfast';
import { type Codec, json } from 'holdfast/codec';
import { expectTypeOf } from 'vitest';

interface Move {
  readonly x: number;
}
interface Board {
  readonly cells: readonly number[];
}

// Types that nobody checks come from the type parameters: what arrives, and what is sent.
const moves = json<Board, Move>();
for (const dial of [connect, connectOnNode, connectInPage]) {
  const client = dial('wss://example.org/', { codec: moves });
  expectTypeOf(client).toExtend<Client<Board, Move>>();
  client.send({ x: 1 });
  // @ts-expect-error no move
  client.send({ y: 1 });
}
expectTypeOf(moves.flip().decode).returns.toEqualTypeOf<Move>();
expectTypeOf(json<Move>().encode).parameter(0).toEqualTypeOf<Move>();
expectTypeOf(json().decode).returns.toEqualTypeOf<unknown>();

// One of the app's own is an object with two functions.
const lines: Codec<string[], string[]> = {
  encode: (words) => words.join('\n'),
  decode: (data) => (typeof data === 'string' ? data.split('\n') : []),
};
const own = connect('wss://example.org/', { codec: lines });
own.on('message', ({ data }) => data.map((word) => word.trim()));
own.send(['a']);
// @ts-expect-error no line
own.send('a');

// Without one, messages are text and bytes.
const plain = connect('wss://example.org/');
expectTypeOf(plain).toExtend<Client>();
expectTypeOf((await plain.once('message')).data).toEqualTypeOf<Message>();
expectTypeOf(plain.send).parameter(0).toEqualTypeOf<Outgoing>();
// @ts-expect-error nothing makes text or bytes of it
plain.send({ x: 1 });
