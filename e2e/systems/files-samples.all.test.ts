// Runs files-server.ts, files-page.ts and files-more.ts of the guide.
import { randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { connect, type NodeClient } from '@holdfast/node';
import { receiveFiles } from '@holdfast/node/files';
import { serve } from '@holdfast/node/server';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { onOwnMessage, sendKnown, sendWithSwitch, Switch } from '../../docs/guide/samples/files-more.ts';
import { copySamples, type SampleCopies } from '../site/samples/run-copy.ts';

let copies: SampleCopies;
beforeEach(() => {
  copies = copySamples(0);
});
afterEach(() => copies.remove());

test('files-server.ts takes what files-page.ts sends, and refuses what it does not want', async () => {
  const server = copies.run('files-server.ts');
  const page = copySamples(await server.port());
  onTestFinished(() => page.remove());
  await writeFile(
    page.path('choose.ts'),
    `import { sendAll } from './files-page.ts';
    const show = (name: string, part: number) => part === 1 && console.log(name, 'is there');
    await sendAll([new File(['kelp'], 'kelp.mp4'), new File(['rock'], 'rock.mp4')], show);
    await sendAll([new File(['text'], 'a.txt')], show).catch(({ code }) => console.log(code));`,
  );
  await page.run('choose.ts').prints(['kelp.mp4 is there', 'rock.mp4 is there', 'file-refused']);
  await server.prints(['kelp.mp4: 4 bytes, ', 'rock.mp4: 4 bytes, ']);
  expect(await readFile(`${copies.work}/inbox/kelp.mp4`, 'utf8')).toBe('kelp');
});

describe('files-more.ts', () => {
  let client: NodeClient;
  beforeEach(async () => {
    const server = await serve({ port: 0, host: '127.0.0.1' }, (connection) => {
      receiveFiles(connection, { folder: copies.work, maxBytes: 1e9, existing: 'rename' });
      connection.on('message', ({ data }) => data === 'ask' && connection.send('answer'));
    });
    client = connect(`ws://127.0.0.1:${server.port}`);
    return async () => {
      await client.close();
      await server.close();
    };
  });
  const source = new URL('../../docs/guide/files.md', import.meta.url).pathname;

  test('nothing more is sent while the switch is off', async () => {
    const held = new Switch();
    held.off();
    let isSent = false;
    const sending = sendWithSwitch(client, source, held, new AbortController().signal).then(() => {
      isSent = true;
    });
    // What is asked meanwhile is answered: the line is not held up.
    const answered = client.once('message');
    client.send('ask');
    await answered;
    expect(isSent).toBe(false);
    held.on();
    await sending;
  });

  test('a transfer of the same id is the same, and an app hears its own messages alone', async () => {
    const heard: string[] = [];
    const id = randomUUID();
    onOwnMessage(client, (text) => heard.push(text));
    const sent = await sendKnown(client, source, id);
    expect(sent).toMatch(/^files\.md [0-9a-f]{64}$/);
    expect(await sendKnown(client, source, id)).toBe(sent);
    const last = client.once('message');
    client.send('ask');
    await last;
    expect(heard).toEqual(['answer']);
  });
});
