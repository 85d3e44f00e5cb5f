import { connect } from 'holdfast';
import { messages } from './codecs-messages.ts';

export function joinChat(url: string, show: (line: string) => void) {
  const chat = connect(url, { codec: messages });
  chat.on('message', ({ data }) => {
    if (data.type === 'joined') show(`${data.name} is here`);
    else show(`${data.name}: ${data.text}`); // `data` is known to have a text
  });
  chat.on('error', ({ error }) => show(`ignored: ${error.message}`));
  return { say: (text: string) => chat.send({ type: 'say', text }), leave: () => chat.close() };
}
