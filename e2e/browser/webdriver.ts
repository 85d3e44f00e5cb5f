import type { EnginePage } from './engine.ts';

/** What the script in the page answers: text of JSON, or the fault that the function ended with. */
interface Answer {
  /** Null when the function answered nothing. */
  readonly value: string | null;
  readonly fault?: string;
}

/** The one page of a new session at a WebDriver; what fails also tells what the driver complained of. */
export async function openWebDriverPage(driverUrl: string, complaints: () => string): Promise<EnginePage> {
  const command = async <Value>(path: string, body: unknown): Promise<Value> => {
    try {
      return await post<Value>(`${driverUrl}${path}`, body);
    } catch (cause) {
      throw new Error(`WebDriver at ${path}: ${String(cause)}\n${complaints()}`, { cause });
    }
  };
  // Without a limit of the driver, the one that fails is the limit of the test, which says more.
  const capabilities = { alwaysMatch: { timeouts: { script: null } } };
  const { sessionId } = await command<{ sessionId: string }>('/session', { capabilities });
  const evaluate: EnginePage['evaluate'] = async (act, arg) => {
    const body = { script: scriptOf(act), args: [arg] };
    const { value, fault } = await command<Answer>(`/session/${sessionId}/execute/async`, body);
    if (fault !== undefined) throw new Error(`in the page: ${fault}`);
    return value === null ? undefined : JSON.parse(value);
  };
  return {
    goto: async (url) => {
      await command(`/session/${sessionId}/url`, { url });
      if (!(await evaluate(isLoaded, null))) throw new Error(`${url} cannot be loaded`);
    },
    evaluate,
  };
}

/** WebKit says nothing of a load that failed; it shows a page of its own, to which nobody has navigated. */
function isLoaded(): boolean {
  return performance.getEntries().some(({ entryType }) => /^navigation$/.test(entryType));
}

/** The last argument of such a script is the callback that ends it. */
function scriptOf(act: (...args: never[]) => unknown): string {
  return `
    const [arg, answer] = arguments;
    new Promise((resolve) => resolve((${act.toString()})(arg))).then(
      (value) => answer({ value: JSON.stringify(value) ?? null }),
      (error) => answer({ value: null, fault: String(error) + '\\n' + (error?.stack ?? '') }),
    );`;
}

/** Sends a command and answers its value; a WebDriver tells each error by a status and a message. */
async function post<Value>(url: string, body: unknown): Promise<Value> {
  const response = await fetch(url, { method: 'POST', body: JSON.stringify(body) });
  const { value } = (await response.json()) as { value: Value & { error?: string; message?: string } };
  if (!response.ok) throw new Error(`${value.error}: ${value.message}`);
  return value;
}
