import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A process that answers each order with one message. */
export interface Child {
  /** What it said first. */
  readonly hello: unknown;
  readonly pid: number;
  /** Rejects when the process ends before it answers, or takes longer than any order should. */
  ask(order: object): Promise<unknown>;
  /** Lets go of it, which it ends by, and resolves when it has. */
  end(): Promise<void>;
}

/** An order that takes longer hangs: the other end of its connections is gone, say. */
const patienceMs = 120_000;

/** Starts a module as a process of its own, which says something first; `execArgv` goes to its Node. */
export async function startChild(script: URL, args: readonly string[] = [], execArgv: string[] = []): Promise<Child> {
  const child = fork(fileURLToPath(script), args, {
    execArgv: ['--import', import.meta.resolve('tsx'), ...execArgv],
  });
  const hello = await answerOf(child);
  return {
    hello,
    pid: child.pid!,
    ask(order) {
      const answer = answerOf(child);
      child.send(order);
      return answer;
    },
    async end() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
    },
  };
}

function answerOf(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const settle = () => {
      clearTimeout(timer);
      child.off('exit', onExit).off('message', onMessage);
    };
    const onMessage = (answer: unknown) => {
      settle();
      resolve(answer);
    };
    const fail = (why: string) => {
      settle();
      reject(new Error(`a process of the bench (${child.spawnargs.slice(-2).join(' ')}) ${why}`));
    };
    const onExit = (code: number | null) => fail(`ended with ${String(code)}`);
    const timer = setTimeout(() => fail(`gave no answer in ${patienceMs} ms`), patienceMs);
    child.once('message', onMessage).once('exit', onExit);
  });
}
