import type { DemoServer } from '../line/demo-line.ts';

/** The demo server that runs beside this site, or undefined when the site stands alone. */
export async function findDemoServer(): Promise<DemoServer | undefined> {
  try {
    const response = await fetch('/demo-server.json', { cache: 'no-store' });
    const { port, linePort, others, delivers } = (await response.json()) as Record<string, unknown>;
    if (!response.ok || !isPort(port) || !isPort(linePort)) return undefined;
    const urlOf = (of: number) => `ws://${location.hostname}:${of}`;
    const ports = [port, ...(Array.isArray(others) ? others.filter(isPort) : [])];
    return {
      url: urlOf(port),
      lineUrl: `ws://127.0.0.1:${linePort}`,
      urls: ports.map(urlOf),
      delivers: delivers === true,
    };
  } catch {
    return undefined;
  }
}

function isPort(value: unknown): value is number {
  return typeof value === 'number' && value > 0;
}
