import process from 'node:process';
import { createDrivenClients } from './driven-clients.ts';
import type { ProcessCall, ProcessWord } from './node-process.ts';

const clients = createDrivenClients();

process.on('message', (text: string) => {
  const { call, method, args } = JSON.parse(text) as ProcessCall;
  const tell = (word: ProcessWord) => process.send!(word);
  const act = clients[method] as (...args: readonly unknown[]) => unknown;
  Promise.resolve()
    .then(() => act(...args))
    .then(
      (value) => tell({ call, value }),
      (error) => tell({ call, fault: String(error) }),
    );
});
