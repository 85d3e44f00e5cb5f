import { connect } from 'holdfast';

/** A chat that says what it shows; a test may give it another `connect`. */
export function startChat(show, connectTo = connect) {
  const client = connectTo('wss://example.org/chat', { node: { headers: { Authorization: 'Bearer secret' } } });
  client.on('open', () => show('online'));
  client.on('message', ({ data }) => show(data));
  client.on('disconnected', ({ error, uncertain }) => show(`offline: ${error?.code}, ${uncertain.messages} uncertain`));
  client.on('closed', ({ error }) => show(`closed: ${error?.status ?? 'by us'}`));
  return client;
}
