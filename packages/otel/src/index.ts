export { instrument, type InstrumentOptions } from './instrument.ts';
export {
  instrumentServer,
  type InstrumentServerOptions,
  type MeasurableConnection,
  type MeasurableServer,
} from './instrument-server.ts';
