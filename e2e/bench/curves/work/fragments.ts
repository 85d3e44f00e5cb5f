import { holdfastReceiver, type Receiver, wsReceiver } from './receivers.ts';
import { cut, messageStream } from './stream.ts';
import { nsOf, timesOf, type Work } from './work.ts';

const fragmentBytes = 16;
/** As a socket reads. */
const readBytes = 64 * 1024;

/** One message in more and more fragments of the same length, and so longer and longer. */
export const fragments: Readonly<Record<string, Work>> = {
  'holdfast, binary': (count) => timeOf(holdfastReceiver(), false, count),
  'holdfast, text': (count) => timeOf(holdfastReceiver(), true, count),
  'ws, binary': (count) => timeOf(wsReceiver(), false, count),
  'ws, text': (count) => timeOf(wsReceiver(), true, count),
};

function timeOf(receive: Receiver, isText: boolean, count: number): number {
  const chunks = cut(messageStream(isText, count, fragmentBytes), readBytes);
  const times = timesOf(count);
  let messages = 0;
  const ns = nsOf(() => {
    for (let time = 0; time < times; time++) messages += receive(chunks);
  });
  if (messages !== times) throw new Error(`${messages} messages came of ${times}`);
  return ns / (times * count);
}
