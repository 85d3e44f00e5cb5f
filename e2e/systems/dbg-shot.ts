import { engines, schemes, windows } from '../site/engines.ts';
import { startDemoServer } from '../../docs/demo-server/server.ts';
import { serveSite } from '../../docs/site-server/serve-site.ts';
const demo = await startDemoServer(0, {});
const demo2 = await startDemoServer(0, {});
const site = await serveSite(0, () => ({ ...demo, others: [demo2.port] }));
const base = `http://localhost:${site.port}/systems/chat`;
const only = process.argv[2];
for (const { engine, launch } of engines) {
  if (only && only !== engine) continue;
  const browser = await launch();
  for (const scheme of schemes) {
    const context = await browser.newContext({ viewport: windows.wide });
    await context.addInitScript((s) => { if (location.protocol === 'http:') localStorage.setItem('vitepress-theme-appearance', s); }, scheme);
    const page = await context.newPage();
    page.on('console', (m) => console.log(engine, m.type(), m.text()));
    page.on('pageerror', (m) => console.log(engine, 'error', m.message));
    await page.goto(base);
    await page.getByTestId('chat-join').waitFor({ timeout: 10000 });
    await page.locator('.hf-card').screenshot({ path: `/tmp/shot-${engine}-${scheme}-wide-door.png` });
    await page.getByTestId('chat-name').fill('Ada');
    await page.getByTestId('chat-join').click();
    await page.getByTestId('chat-text').waitFor({ timeout: 10000 });
    await page.getByTestId('chat-text').fill('hello, is anybody there? ' + 'a long line '.repeat(12));
    await page.keyboard.press('Enter');
    const other = await context.newPage();
    await other.goto(base + '?name=Bob');
    await other.getByTestId('chat-join').click();
    await other.getByTestId('chat-text').fill('I am, with an answer that comes from the same process');
    await other.keyboard.press('Enter');

    await other.getByTestId('chat-messages').locator('[data-delivery=delivered]').waitFor({ timeout: 10000 });
    await page.getByTestId('chat-messages').getByText('I am, with').last().waitFor({ timeout: 10000 });
    await page.bringToFront();
    await page.locator('.hf-card').screenshot({ path: `/tmp/shot-${engine}-${scheme}-wide-room.png` });
    await page.setViewportSize(windows.narrow);
    await page.locator('.hf-card').screenshot({ path: `/tmp/shot-${engine}-${scheme}-narrow-room.png` });
    await page.getByTestId('chat-leave').click();
    await page.getByTestId('chat-join').waitFor();
    await page.getByTestId('chat-server').selectOption('-1');
    await page.getByTestId('chat-url').fill('http://x');
    await page.getByTestId('chat-join').click();
    await page.locator('.hf-card').screenshot({ path: `/tmp/shot-${engine}-${scheme}-narrow-door.png` });
    await context.close();
  }
  await browser.close();
}
process.exit();
