import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { closeListener, listenOnFreePort, loopbackUrl } from '../servers/listen.ts';
import type { EngineBrowser, EnginePage } from './engine.ts';
import { type Family, startFamily } from './family.ts';
import { findWebkit } from './find-webkit.ts';
import { openWebDriverPage } from './webdriver.ts';

/** What the desktop of the user has to say is kept out: its session bus, and its helpers for the blind. */
const alone = { DBUS_SESSION_BUS_ADDRESS: 'disabled:', NO_AT_BRIDGE: '1' };

/** WebKit as WebKitGTK ships it, on a display of its own that nobody sees; whoever launches it closes it. */
export async function launchWebkit(): Promise<EngineBrowser> {
  const driver = await findWebkit();
  const display = startFamily(['Xvfb', '-displayfd', '1', '-nolisten', 'tcp']);
  const families = [display];
  return {
    // A driver has one session at a time, and a session shares its storage between its windows.
    newPage: async () => {
      const env = { ...alone, DISPLAY: `:${await display.firstLine}` };
      const port = await findFreePort();
      const family = startFamily([driver, `--port=${port}`], env);
      families.push(family);
      return openPage(family, loopbackUrl('http', port));
    },
    close: async () => {
      await Promise.all(families.map((family) => family.end()));
    },
  };
}

/** The driver says nowhere that it listens, so it is asked until it answers. */
async function openPage(driver: Family, url: string): Promise<EnginePage> {
  while (!(await answers(url))) await Promise.race([wait(10), driver.ended]);
  return openWebDriverPage(url, driver.complaints);
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/status`)).ok;
  } catch {
    return false;
  }
}

async function findFreePort(): Promise<number> {
  const server = createServer();
  const port = await listenOnFreePort(server);
  await closeListener(server);
  return port;
}
