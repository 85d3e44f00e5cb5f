import * as msgpack from '@msgpack/msgpack';
import { connect } from 'holdfast';
import { binary, json } from 'holdfast/codec';
import * as v from 'valibot';

// #region valibot
const reading = v.object({ sensor: v.string(), celsius: v.pipe(v.number(), v.minValue(-273.15)) });

const readings = connect('wss://example.org/readings', { codec: json({ incoming: reading }) });
for await (const { sensor, celsius } of readings) console.log(sensor, celsius.toFixed(1));
// #endregion valibot

// #region typed
interface Position {
  readonly x: number;
  readonly y: number;
}

const positions = connect('wss://example.org/positions', { codec: json<Position[], Position>() });
positions.send({ x: 1, y: 2 });
// #endregion typed

// #region msgpack
const frame = v.object({ at: v.number(), pixels: v.instance(Uint8Array) });

export const camera = connect('wss://example.org/camera', { codec: binary(msgpack, { incoming: frame }) });
// #endregion msgpack
