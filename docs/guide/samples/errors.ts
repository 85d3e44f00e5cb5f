import { connect, HoldfastError } from 'holdfast';

const show = (text: string) => console.log('shown:', text);

// #region tell
const client = connect('wss://example.org/live');

client.on('disconnected', ({ code, error }) => {
  // code: 1006 · error.code: 'connection-refused' · error.message: 'connection-refused: example.org port 443: …'
  if (error?.code === 'connection-refused') show('the server is not there');
  else console.log('lost', code, error?.message);
});

try {
  void client.close(999);
} catch (error) {
  if (error instanceof HoldfastError) console.log(error.code); // 'invalid-close-code'
}
// #endregion tell
