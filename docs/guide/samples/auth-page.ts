import { connect } from 'holdfast';

const freshTicket = async () => 'ticket-1';
const freshToken = async () => 'token-1';
const signIn = () => console.log('sign in, please');

// #region cookie
const byCookie = connect('wss://example.org/by-cookie'); // the browser sends the cookie along
// #endregion cookie

// #region ticket
// Asked by HTTP, with all that fetch() can send, for each dial.
const byTicket = connect(async () => `wss://example.org/by-ticket?ticket=${await freshTicket()}`);
// #endregion ticket

// #region protocol
const byProtocol = connect('wss://example.org/by-protocol', {
  protocols: async () => ['chat.v1', `token.${await freshToken()}`],
});
// #endregion protocol

// #region first
const byMessage = connect('wss://example.org/by-message', {
  outbox: false, // what waits would go out before `open` comes, and so before the token
  reconnect: { shouldReconnect: ({ code }) => code !== 4401 },
});

byMessage.on('open', async () => byMessage.send(await freshToken()));
byMessage.on('closed', ({ code }) => {
  if (code === 4401) signIn();
});
// #endregion first

for (const client of [byCookie, byTicket, byProtocol, byMessage]) {
  client.on('message', ({ data }) => console.log(client.url.split(/[/?]/)[3], data));
}
