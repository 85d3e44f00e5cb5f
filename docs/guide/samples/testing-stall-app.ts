import { connect } from 'holdfast';

export function startChat(show: (text: string) => void) {
  const client = connect('wss://example.org/chat', { heartbeat: { intervalMs: 10_000, timeoutMs: 5_000 } });
  client.on('open', () => show('online'));
  client.on('disconnected', ({ error, uncertain }) => {
    show(`offline (${error?.code}), ${uncertain.messages} may be lost`);
  });
  return client;
}
