import { abort } from './abort.ts';
import { badInput } from './bad-input.ts';
import type { Scenario } from './bench/scenario.ts';
import { calls } from './calls.ts';
import { clientCloses } from './client-closes.ts';
import { codecs } from './codecs.ts';
import { comingBack, diagnosis, refusals } from './coming-back.ts';
import { deliveryExamples } from './delivery-examples.ts';
import { echoBinary } from './echo-binary.ts';
import { echoText } from './echo-text.ts';
import { eventOrder } from './event-order.ts';
import { halfOpenLine } from './half-open-line.ts';
import { honestSending } from './honest-sending.ts';
import { iterate } from './iterate.ts';
import { once } from './once.ts';
import { pageSignals } from './page-signals.ts';
import { badNodeOptions, platformOptions } from './platform-options.ts';
import { queueFull } from './queue-full.ts';
import { queueWhileDown } from './queue-while-down.ts';
import { refusedConnection } from './refused-connection.ts';
import { serverCloses } from './server-closes.ts';
import { serverRestart } from './server-restart.ts';
import { slowReaders, streams } from './streams.ts';
import { subProtocol } from './sub-protocol.ts';
import { throwingListener } from './throwing-listener.ts';
import { timeLimits } from './time-limits.ts';
import { urlSource } from './url-source.ts';
import { timersInWorker, wake } from './wake.ts';
import { webSocketStream } from './web-socket-stream.ts';

/** Every scenario, in the order in which a table shows them. */
export const scenarios: readonly Scenario[] = [
  ...echoText,
  ...echoBinary,
  ...urlSource,
  ...subProtocol,
  ...refusedConnection,
  ...eventOrder,
  ...serverCloses,
  ...clientCloses,
  ...serverRestart,
  ...comingBack,
  ...refusals,
  ...diagnosis,
  ...halfOpenLine,
  ...wake,
  ...timersInWorker,
  ...pageSignals,
  ...timeLimits,
  ...queueWhileDown,
  ...queueFull,
  ...honestSending,
  ...abort,
  ...throwingListener,
  ...iterate,
  ...streams,
  ...slowReaders,
  ...codecs,
  ...webSocketStream,
  ...once,
  ...calls,
  ...deliveryExamples,
  ...platformOptions,
  ...badInput,
  ...badNodeOptions,
];
