import { type Counts, count } from './count.ts';
import type { Account } from './clients/client-driver.ts';

/** One run between two ends, with what became of its messages. */
export interface Report extends Counts {
  readonly run: string;
  readonly client: string;
  readonly engine: string;
  /** What the client told as uncertain; `undefined` where it tells nothing. */
  readonly uncertain: number | undefined;
  /** Whether the line ended and the client had another one. */
  readonly isBack: boolean;
}

/** The report of a run: `sent` from the client, `arrived` at the server. */
export function reportOf(
  about: Pick<Report, 'run' | 'client' | 'engine'>,
  sent: readonly number[],
  arrived: readonly number[],
  { opens, uncertain }: Account,
): Report {
  return { ...about, ...count(sent, arrived), uncertain, isBack: opens > 1 };
}

/** A report as one line. */
export function formatReport(report: Report): string {
  const { run, client, engine, sent, delivered, lost, doubled, outOfOrder, uncertain, isBack } = report;
  return (
    `${run} · ${client} · ${engine}: ${sent} sent, ${delivered} delivered, ${lost} lost, ${doubled} doubled, ` +
    `${outOfOrder} out of order, uncertain ${uncertain ?? 'not told'}, ${isBack ? 'came back' : 'one line'}`
  );
}

/** Messages that are lost, and of which the client said nothing. */
export function lostInSilence({ lost, uncertain = 0 }: Report): number {
  return Math.max(0, lost - uncertain);
}
