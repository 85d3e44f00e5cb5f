import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packAll } from './tarballs.ts';

const commandLimitMs = 60_000;

/** A project outside the workspace that has our packages from tarballs, as a stranger's would from the registry. */
export interface Consumer {
  readonly folder: string;
  /** Runs a command in the project and answers what it printed; rejects with all of it when it fails. */
  run(command: string, ...args: string[]): Promise<string>;
  remove(): Promise<void>;
}

/** Makes a project from the files of a folder beside this one, if there is one, and installs our packages and these with npm. */
export async function makeConsumer(name: string, dependencies: Record<string, string> = {}): Promise<Consumer> {
  const home = await realpath(await mkdtemp(join(tmpdir(), `holdfast-${name}-`)));
  const folder = join(home, 'project');
  const packed = join(home, 'packed');
  const consumer: Consumer = {
    folder,
    run: (command, ...args) => runIn(folder, command, args),
    remove: () => rm(home, { recursive: true, force: true }),
  };
  try {
    await Promise.all([mkdir(packed), mkdir(folder)]);
    const files = fileURLToPath(new URL(name, import.meta.url));
    if (existsSync(files)) await cp(files, folder, { recursive: true });
    const tarballs = await packAll(packed);
    await writeFile(join(folder, 'package.json'), JSON.stringify(manifest(name, tarballs, dependencies), null, 2));
    await consumer.run('npm', 'install', '--prefer-offline', '--no-audit', '--no-fund', '--no-package-lock');
  } catch (error) {
    await consumer.remove();
    throw error;
  }
  return consumer;
}

/** Of ours only `holdfast`, and what is asked for as well; the overrides give npm the tarballs of what these depend on. */
function manifest(name: string, tarballs: Readonly<Record<string, string>>, dependencies: Record<string, string>) {
  const { holdfast, ...inner } = Object.fromEntries(
    Object.entries(tarballs).map(([packageName, path]) => [packageName, `file:${path}`]),
  );
  const asked = Object.entries(dependencies).map(([packageName, version]) => [
    packageName,
    inner[packageName] ?? version,
  ]);
  return {
    name: `${name}-consumer`,
    version: '1.0.0',
    private: true,
    dependencies: { holdfast, ...Object.fromEntries(asked) },
    overrides: inner,
  };
}

/** Without the variables of a package manager that runs us: npm would take them for its own. */
function runIn(cwd: string, command: string, args: readonly string[]): Promise<string> {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(npm_|NODE_OPTIONS|VITEST)/.test(name)),
  );
  return new Promise((resolve, reject) => {
    execFile(command, args, { cwd, env, timeout: commandLimitMs }, (error, stdout, stderr) => {
      if (!error) resolve(stdout);
      else reject(new Error(`${command} ${args.join(' ')}: ${error.message}\n${stdout}${stderr}`));
    });
  });
}
