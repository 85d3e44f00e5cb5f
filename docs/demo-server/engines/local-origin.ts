const localHosts = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Whether a page of this origin is of this machine, on whatever port: no page of the web may use what runs here. */
export function isLocalOrigin(origin: string): boolean {
  return URL.canParse(origin) && localHosts.has(new URL(origin).hostname);
}
