import type { DemoServer } from '../line/demo-line.ts';

/** The demo server that runs beside this site, or undefined when the site stands alone. */
export async function findDemoServer(): Promise<DemoServer | undefined> {
  try {
    const response = await fetch('/demo-server.json', { cache: 'no-store' });
    const { port, linePort } = (await response.json()) as { port?: unknown; linePort?: unknown };
    if (!response.ok || !isPort(port) || !isPort(linePort)) return undefined;
    return { url: `ws://${location.hostname}:${port}`, lineUrl: `ws://127.0.0.1:${linePort}` };
  } catch {
    return undefined;
  }
}

function isPort(value: unknown): value is number {
  return typeof value === 'number' && value > 0;
}
