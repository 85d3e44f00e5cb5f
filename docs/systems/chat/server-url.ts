/** The URL of a chat as typed, or what is wrong with it. Only `ws:` and `wss:` are dialed. */
export function checkServerUrl(typed: string): { readonly url: string } | { readonly problem: string } {
  const text = typed.trim();
  if (!/^wss?:\/\//i.test(text)) return { problem: 'The URL of a server begins with ws:// or wss://' };
  if (!URL.canParse(text)) return { problem: `${text} is no URL` };
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') return { problem: 'A URL with a name and a password is not dialed' };
  url.hash = '';
  return { url: url.href };
}

/** What a member of this name dials there. */
export function memberUrl(server: string, name: string): string {
  const url = new URL(server);
  url.searchParams.set('name', name);
  return url.href;
}

/** The host and the port, by which a reader tells one process from another. */
export function hostOf(server: string): string {
  return URL.canParse(server) ? new URL(server).host : '';
}
