import { connect } from 'holdfast';

const freshToken = async () => 'token-1';

// #region header
const client = connect('wss://example.org/by-header', {
  // Asked at each dial, and once more after a 401 or 403.
  node: { headers: async () => ({ Authorization: `Bearer ${await freshToken()}` }) },
});

client.on('closed', ({ error }) => {
  if (error?.status === 401) console.error('the token was refused twice: sign in again');
});
// #endregion header

client.on('message', ({ data }) => console.log('by-header', data));
