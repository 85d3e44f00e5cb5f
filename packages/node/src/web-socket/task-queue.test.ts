import { expect, test } from 'vitest';
import { TaskQueue } from './task-queue.ts';

const turn = () => new Promise((resolve) => setImmediate(resolve));

test('tasks run in order, none before the caller has returned', async () => {
  const tasks = new TaskQueue();
  const log: string[] = [];
  tasks.add(() => void log.push('a'));
  tasks.add(() => void log.push('b'));
  expect(log).toEqual([]);
  await turn();
  expect(log).toEqual(['a', 'b']);
});

test('what a task promises is done before the next task', async () => {
  const tasks = new TaskQueue();
  const log: string[] = [];
  const hop = async (left: number): Promise<void> =>
    left > 0 ? Promise.resolve().then(() => hop(left - 1)) : undefined;
  tasks.add(() => void hop(5).then(() => log.push('after five hops')));
  tasks.add(() => void log.push('next task'));
  await turn();
  expect(log).toEqual(['after five hops', 'next task']);
});

test('a task that is added by a task runs after those that wait', async () => {
  const tasks = new TaskQueue();
  const log: string[] = [];
  tasks.add(() => tasks.add(() => void log.push('added')));
  tasks.add(() => void log.push('waiting'));
  await turn();
  await turn();
  expect(log).toEqual(['waiting', 'added']);
});

test('it is empty once the last task has run, not while it runs', async () => {
  const tasks = new TaskQueue();
  const seen: boolean[] = [tasks.isEmpty];
  tasks.add(() => void seen.push(tasks.isEmpty));
  seen.push(tasks.isEmpty);
  await turn();
  expect([...seen, tasks.isEmpty]).toEqual([true, false, false, true]);
});
