// A frontend: what a stranger writes after `npm install holdfast`.
import { connect } from 'holdfast';

const list = document.querySelector('#events');
const show = (text) => list.append(Object.assign(document.createElement('li'), { textContent: text }));

const client = connect(new URLSearchParams(location.search).get('server'), { reconnect: false });
client.on('open', () => show('open'));
client.on('message', ({ data }) => {
  show(typeof data === 'string' ? data : [...data].join(' '));
  if (typeof data !== 'string') void client.close(1000, 'done');
});
client.on('closed', ({ code, reason }) => show(`closed ${code} ${reason}`));
client.send('<b>hello</b>');
client.send(new Uint8Array([1, 2, 3]));
