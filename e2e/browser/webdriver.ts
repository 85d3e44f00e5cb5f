import type { EnginePage } from './engine.ts';

/** What the script in the page answers: text of JSON, or the fault that the function ended with. */
interface Answer {
  readonly value?: string;
  readonly fault?: string;
}

/** The one page of a new session at a WebDriver, which lives as long as the driver. */
export async function openWebDriverPage(driverUrl: string): Promise<EnginePage> {
  // Without a limit of the driver, the one that fails is the limit of the test, which says more.
  const capabilities = { alwaysMatch: { timeouts: { script: null } } };
  const { sessionId } = await command<{ sessionId: string }>(`${driverUrl}/session`, { capabilities });
  const session = `${driverUrl}/session/${sessionId}`;
  return {
    goto: (url) => command(`${session}/url`, { url }),
    evaluate: async (act, arg) => {
      const body = { script: scriptOf(act), args: [arg] };
      const { value, fault } = await command<Answer>(`${session}/execute/async`, body);
      if (fault !== undefined) throw new Error(`in the page: ${fault}`);
      return value === undefined ? undefined : JSON.parse(value);
    },
  };
}

/** The last argument of such a script is the callback that ends it. */
function scriptOf(act: (...args: never[]) => unknown): string {
  return `
    const [arg, answer] = arguments;
    new Promise((resolve) => resolve((${act.toString()})(arg))).then(
      (value) => answer({ value: JSON.stringify(value) }),
      (error) => answer({ fault: String(error) + '\\n' + (error?.stack ?? '') }),
    );`;
}

/** Sends a command and answers its value; a WebDriver tells each error by a status and a message. */
async function command<Value>(url: string, body: unknown): Promise<Value> {
  const response = await fetch(url, { method: 'POST', body: JSON.stringify(body) });
  const { value } = (await response.json()) as { value: Value & { error?: string; message?: string } };
  if (!response.ok) throw new Error(`${new URL(url).pathname}: ${value.error}: ${value.message}`);
  return value;
}
