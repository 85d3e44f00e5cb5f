/** A line that shows how far something has come: written over where there is a terminal, else only its end. */
export function progressBar(
  label: string,
  output: NodeJS.WriteStream = process.stderr,
): (done: number, of: number) => void {
  const startMs = performance.now();
  let lastMs = 0;
  return (done, of) => {
    const nowMs = performance.now();
    const isEnd = done === of;
    if (!isEnd && (!output.isTTY || nowMs - lastMs < 100)) return;
    lastMs = nowMs;
    const part = of === 0 ? 1 : done / of;
    const bar = '#'.repeat(Math.round(part * 30)).padEnd(30, '.');
    const speed = done / 2 ** 20 / Math.max(0.001, (nowMs - startMs) / 1000);
    const line = `${label} [${bar}] ${Math.floor(part * 100)}% ${speed.toFixed(1)} MiB/s`;
    output.write(output.isTTY ? `\r\u001b[K${line}${isEnd ? '\n' : ''}` : `${line}\n`);
  };
}
