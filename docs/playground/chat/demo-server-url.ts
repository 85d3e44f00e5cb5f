/** The address of the demo server that runs beside this site, or undefined when the site stands alone. */
export async function findDemoServer(): Promise<string | undefined> {
  try {
    const response = await fetch('/demo-server.json', { cache: 'no-store' });
    const { port } = (await response.json()) as { port?: unknown };
    return response.ok && typeof port === 'number' && port > 0 ? `ws://${location.hostname}:${port}` : undefined;
  } catch {
    return undefined;
  }
}
