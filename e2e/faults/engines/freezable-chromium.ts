import { type Browser, type CDPSession, chromium } from 'playwright-core';
import { findChromium } from '../../browser/chromium.ts';
import type { EnginePage } from '../../browser/engine.ts';
import { Changes } from '../changes.ts';

/** A page of Chromium that can be frozen as the browser freezes a tab in the background. */
export interface FreezablePage extends EnginePage {
  /** Nothing of the page runs any more, and it is hidden from now on. */
  freeze(): Promise<unknown>;
  unfreeze(): Promise<unknown>;
}

/** Newer Chromiums end the lines of a page themselves, when it wakes; without this they leave them to the page. */
const endsLines = 'DisconnectWebSocketOnBFCache';

/**
 * A Chromium whose pages are made past the driver: the driver tells each of its own that it has the focus, and the browser
 * never freezes such a page. It leaves the lines of a frozen page alone, or does what it does for users.
 */
export async function launchFreezableChromium(lines: 'left alone' | 'as for users') {
  const browser = await chromium.launch({
    executablePath: await findChromium(),
    chromiumSandbox: false,
    args: lines === 'left alone' ? [`--disable-blink-features=${endsLines}`] : [],
  });
  return { newPage: () => openPage(browser), close: () => browser.close() };
}

async function openPage(browser: Browser): Promise<FreezablePage> {
  const devtools = await browser.newBrowserCDPSession();
  const { targetId } = await devtools.send('Target.createTarget', { url: 'about:blank' });
  const { sessionId } = await devtools.send('Target.attachToTarget', { targetId });
  const command = commandsTo(devtools, sessionId);
  return {
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
    freeze: () => command('Page.setWebLifecycleState', { state: 'frozen' }),
    unfreeze: () => command('Page.setWebLifecycleState', { state: 'active' }),
  };
}

type Command = (method: string, params: object) => Promise<Answer>;

interface Answer {
  readonly id: number;
  readonly error?: { readonly message: string };
  readonly result?: { readonly result?: { readonly value?: unknown }; readonly exceptionDetails?: object };
}

async function evaluateIn<Result>(command: Command, expression: string): Promise<Result> {
  const { result } = await command('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
  if (result?.exceptionDetails) throw new Error(`in the page: ${JSON.stringify(result.exceptionDetails)}`);
  return result?.result?.value as Result;
}

/** Commands to one target, in the envelopes of the browser's session. */
function commandsTo(devtools: CDPSession, sessionId: string): Command {
  const answers = new Map<number, Answer>();
  const changes = new Changes();
  let sent = 0;
  devtools.on('Target.receivedMessageFromTarget', ({ message }) => {
    const answer = JSON.parse(message) as Answer;
    answers.set(answer.id, answer);
    changes.tell();
  });
  return async (method, params) => {
    const id = ++sent;
    const message = JSON.stringify({ id, method, params });
    await devtools.send('Target.sendMessageToTarget', { sessionId, message });
    await changes.until(() => answers.has(id), method);
    const answer = answers.get(id)!;
    if (answer.error) throw new Error(`${method}: ${answer.error.message}`);
    return answer;
  };
}
