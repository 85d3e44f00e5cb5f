import { connect } from 'holdfast';

const state = document.createElement('p');
const lines = document.createElement('ul');
const input = document.createElement('input');
input.placeholder = 'say something';
document.body.replaceChildren(state, input, lines);

const client = connect('ws://localhost:8080/live', {
  // A browser cannot ping: a dead line is found by a message that the server answers.
  heartbeat: { probe: { message: 'there?', isReply: (message) => message === 'yes' } },
});

const show = (text: string) => {
  state.textContent = text;
};
client.on('open', () => show('connected'));
client.on('waiting', ({ delayMs }) => show(`offline, again in ${Math.round(delayMs / 1000)} s`));
client.on('message', ({ data }) => {
  const line = document.createElement('li');
  line.textContent = String(data); // as text: what came from the network is never HTML
  lines.prepend(line);
});

input.addEventListener('change', () => {
  client.send(input.value); // now, or when the line is back
  input.value = '';
});
