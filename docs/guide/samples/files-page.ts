import { connect } from 'holdfast';
import { sendFile } from 'holdfast/files';

const client = connect('wss://example.org/files');

// #region send
/** Sends what was chosen, all at once; each goes on by itself when the line comes back. */
export async function sendAll(files: Iterable<File>, show: (name: string, part: number) => void): Promise<void> {
  await Promise.all(
    Array.from(files, async (file) => {
      const sent = await sendFile(client, file, {
        onProgress: ({ sentBytes, size }) => show(file.name, size === 0 ? 1 : sentBytes / size),
      });
      show(sent.name, 1);
    }),
  );
}
// #endregion send
