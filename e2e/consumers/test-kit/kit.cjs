// The kit as CommonJS, without a test runner: the state of a client that meets nobody.
const { createTestKit } = require('holdfast/testing');

async function main() {
  const { connect, server, clock } = createTestKit();
  server.mode = 'refuse';
  const client = connect('ws://example.org/');
  await clock.settle();
  console.log(JSON.stringify(client.state));
}

void main();
