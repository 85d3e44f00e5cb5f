import { connect, createRetryBudget } from 'holdfast';

const freshTicket = async () => 'ticket-1';
const freshToken = async () => 'token-1';
const note = (text: string) => console.log(text);

// #region token
const client = connect(async () => `wss://example.org/live?ticket=${await freshTicket()}`);

client.on('closed', ({ error }) => {
  if (error?.status === 401) note('please sign in again');
});
// #endregion token

// #region headers
connect('wss://example.org/live', {
  node: { headers: async () => ({ Authorization: `Bearer ${await freshToken()}` }) },
});
// #endregion headers

// #region should
connect('wss://example.org/live', {
  reconnect: {
    // 4000 is this app's own code for "you were replaced by another tab".
    shouldReconnect: ({ code, error, attempt }) => code !== 4000 && error?.status !== 410 && attempt < 100,
  },
});
// #endregion should

// #region budget
const budget = createRetryBudget({ maxDials: 20, perMs: 10_000 });
const feeds = ['a', 'b', 'c'].map((name) => connect(`wss://example.org/${name}`, { reconnect: { budget } }));
// #endregion budget

// #region probe
connect('wss://example.org/live', {
  heartbeat: { probe: { message: '{"type":"ping"}', isReply: (message) => message === '{"type":"pong"}' } },
});
// #endregion probe

// #region heartbeat
connect('wss://example.org/live', { heartbeat: { intervalMs: 10_000, timeoutMs: 5_000 } }).on(
  'latency',
  ({ rttMs }) => {
    if (rttMs > 1_000) note('the line is slow');
  },
);
// #endregion heartbeat

// #region diagnose
connect('wss://example.org/live', { web: { diagnose: 'https://example.org/health' } }).on(
  'disconnected',
  ({ error }) => {
    if (error?.code === 'offline') note('you are offline');
    if (error?.status === 429) note('too many at once');
  },
);
// #endregion diagnose

for (const feed of feeds) feed.on('open', ({ url }) => note(url));
