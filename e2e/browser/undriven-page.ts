import type { Browser, CDPSession } from 'playwright-core';
import type { EnginePage } from './engine.ts';

/** A page, and commands of the DevTools protocol to it. */
export interface UndrivenPage extends EnginePage {
  command<Result>(method: string, params?: object): Promise<Result>;
}

/**
 * A page that is made past the driver, which tells each of its own that it has the focus, and listens to all that it does
 * on the network: to each message of a WebSocket too, which is dearer than the message.
 */
export async function openUndrivenPage(browser: Browser): Promise<UndrivenPage> {
  const devtools = await browser.newBrowserCDPSession();
  const { targetId } = await devtools.send('Target.createTarget', { url: 'about:blank' });
  const { sessionId } = await devtools.send('Target.attachToTarget', { targetId });
  const command = commandsTo(devtools, sessionId);
  return {
    command,
    goto: async (url) => {
      await command('Page.navigate', { url });
      await evaluateIn(
        command,
        `new Promise((resolve) => {
        if (document.readyState === 'complete') resolve();
        else addEventListener('load', resolve);
      })`,
      );
    },
    evaluate: (act, arg) => evaluateIn(command, `(${act.toString()})(${JSON.stringify(arg)})`),
  };
}

interface Answer {
  readonly id: number;
  readonly error?: { readonly message: string };
  readonly result?: unknown;
}

interface Evaluation {
  readonly result?: { readonly value?: unknown };
  readonly exceptionDetails?: object;
}

async function evaluateIn<Result>(command: UndrivenPage['command'], expression: string): Promise<Result> {
  const params = { expression, awaitPromise: true, returnByValue: true };
  const { result, exceptionDetails } = await command<Evaluation>('Runtime.evaluate', params);
  if (exceptionDetails) throw new Error(`in the page: ${JSON.stringify(exceptionDetails)}`);
  return result?.value as Result;
}

/** Commands to one target, in the envelopes of the browser's session. */
function commandsTo(devtools: CDPSession, sessionId: string): UndrivenPage['command'] {
  const waiting = new Map<number, (answer: Answer) => void>();
  let sent = 0;
  devtools.on('Target.receivedMessageFromTarget', ({ message }) => {
    const answer = JSON.parse(message) as Answer;
    waiting.get(answer.id)?.(answer);
    waiting.delete(answer.id);
  });
  return async <Result>(method: string, params: object = {}) => {
    const id = ++sent;
    const answered = new Promise<Answer>((resolve) => waiting.set(id, resolve));
    const message = JSON.stringify({ id, method, params });
    await devtools.send('Target.sendMessageToTarget', { sessionId, message });
    const { error, result } = await answered;
    if (error) throw new Error(`${method}: ${error.message}`);
    return result as Result;
  };
}
