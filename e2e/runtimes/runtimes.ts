/** A server runtime, of which one version is tested. */
export interface Runtime {
  readonly name: string;
  readonly version: string;
  /** The npm package that is the runtime for this machine, and where the program stands in it. */
  readonly packageName: string;
  readonly program: string;
  /** What stands before the file that it runs. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

const { platform, arch } = process;
const isWindows = platform === 'win32';
const exe = isWindows ? '.exe' : '';

/** Every runtime that the packages are for: of Node the newest of each line that is alive, of the others the newest. */
export const runtimes: readonly Runtime[] = [
  ...['20.20.2', '22.23.3', '24.21.0', '26.10.0'].map(node),
  {
    name: 'Bun',
    version: '1.4.4',
    packageName: `@oven/bun-${isWindows ? 'windows' : platform}-${arch === 'arm64' ? 'aarch64' : arch}`,
    program: `bin/bun${exe}`,
    args: ['run'],
    env: {},
  },
  {
    name: 'Deno',
    version: '2.9.6',
    packageName: `@deno/${platform}-${arch}${platform === 'linux' ? '-glibc' : ''}`,
    program: `deno${exe}`,
    args: [
      'run',
      '--allow-net',
      '--allow-read',
      '--allow-env=HOLDFAST_SEED',
      '--no-prompt',
      '--no-remote',
      '--no-lock',
    ],
    // It would ask whether there is a newer one.
    env: { DENO_NO_UPDATE_CHECK: '1' },
  },
];

function node(version: string): Runtime {
  return {
    name: `Node ${version.split('.')[0]}`,
    version,
    packageName: `node-${isWindows ? 'win' : platform}-${arch}`,
    program: `bin/node${exe}`,
    args: ['--enable-source-maps'],
    env: {},
  };
}
