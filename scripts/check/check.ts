/** One house rule: `run` answers what breaks it below a root folder, or undefined when nothing does. */
export interface Check {
  readonly name: string;
  readonly run: (root: string) => Promise<string | undefined>;
}
