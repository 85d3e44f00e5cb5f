import { formatFrame, formatFrameDiagram, type HoldfastError, type Message } from '@holdfast/core';
import { escapeLine, escapeText } from './escape-text.ts';
import { formatBytes } from './files/format-amount.ts';
import { formatHex } from './hex.ts';
import type { Paint } from './paint.ts';
import type { Closed, FileArrived, FileFailed, Report } from './report.ts';

/** How a report is written for people. */
export interface TextForm {
  readonly paint: Paint;
  /** Long messages are not cut. */
  readonly isFull: boolean;
  readonly frames: 'none' | 'lines' | 'bits';
}

/** How much of a message is shown, in characters of text or in bytes. */
const shownCharacters = 2000;
const shownBytes = 256;

/** Where what is said begins: behind the time and the sign, also in the further lines of a message, so that none looks like one of ours. */
const indent = ' '.repeat(15);

/** A report in lines for a terminal, which nothing in it can move: `12:00:00.123 < hello`. */
export function formatText(report: Report, time: Date, form: TextForm): string {
  const head = `${form.paint('time', formatTime(time))} ${signOf(report, form.paint)} `;
  return head + describe(report, form).replaceAll('\n', `\n${indent}`);
}

/** What a report says, without its time, in lines. */
export function describe(report: Report, form: TextForm): string {
  const { paint } = form;
  switch (report.event) {
    case 'message':
      return of(report.connection) + describeMessage(report.data, form);
    case 'frame': {
      const line = paint('note', escapeLine(formatFrame(report.frame)));
      return form.frames === 'bits' ? `${line}\n${formatFrameDiagram(report.frame)}` : line;
    }
    case 'open':
      return paint('good', `connected to ${escapeLine(report.url)}`) + agreed(report);
    case 'pong':
      return `${of(report.connection)}pong after ${report.rttMs.toFixed(1)} ms`;
    case 'disconnected':
      return paint('warning', `the line is gone: ${because(report)}`);
    case 'waiting':
      return `dial ${report.attempt} in ${(report.delayMs / 1000).toFixed(1)} s`;
    case 'closed':
      return describeEnd(report, paint);
    case 'listening':
      return paint('good', `listening on ${report.url}`);
    case 'joined':
      return paint('good', `#${report.connection} from ${report.address}, ${escapeLine(report.path)}`) + spoken(report);
    case 'left':
      return `#${report.connection} is gone: ${closeWords(report)}`;
    case 'refused':
      return paint('warning', `refused: ${escapeLine(report.error.message)}`);
    case 'warning':
      return paint('warning', `warning: ${escapeLine(report.text)}`);
    case 'fault':
      return paint('bad', escapeLine(report.text));
    case 'help':
      return report.lines.join('\n');
    case 'sending':
      return `${escapeLine(report.name)}, ${formatBytes(report.size)}`;
    case 'file':
      return describeFile(report, form);
    case 'file-failed':
      return paint('bad', `${escapeLine(report.name)}: ${escapeLine(report.error.message)}`) + goOn(report);
  }
}

/** `12:00:00.123`, by the clock of this place. */
export function formatTime(time: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const clock = [time.getHours(), time.getMinutes(), time.getSeconds()].map(two).join(':');
  return `${clock}.${String(time.getMilliseconds()).padStart(3, '0')}`;
}

function signOf(report: Report, paint: Paint): string {
  if (!('direction' in report)) return ' ';
  return report.direction === 'in' ? paint('received', '<') : paint('sent', '>');
}

function of(connection: number | undefined): string {
  return connection === undefined ? '' : `#${connection} `;
}

function agreed({ elapsedMs, protocol, extensions }: Extract<Report, { event: 'open' }>): string {
  const [extension] = extensions.split(';');
  return ` in ${elapsedMs.toFixed(0)} ms${spoken({ protocol })}${extension && `, ${escapeLine(extension)}`}`;
}

function spoken({ protocol }: { protocol: string }): string {
  return protocol && `, sub-protocol ${escapeLine(protocol)}`;
}

function describeMessage(data: Message, { isFull }: TextForm): string {
  if (typeof data === 'string') return describeString(data, isFull);
  const shown = isFull ? data : data.subarray(0, shownBytes);
  const size = `${data.length} ${data.length === 1 ? 'byte' : 'bytes'}`;
  return `${size}: ${formatHex(shown)}${more(data.length - shown.length, 'bytes')}`;
}

function describeString(text: string, isFull: boolean): string {
  // Not between the halves of a surrogate pair.
  const shown =
    isFull || text.length <= shownCharacters ? text : text.slice(0, shownCharacters).replace(/[\ud800-\udbff]$/, '');
  return escapeText(shown) + more(text.length - shown.length, 'characters');
}

function more(hidden: number, unit: string): string {
  return hidden > 0 ? `\n... ${hidden.toLocaleString('en')} more ${unit} (--full shows all)` : '';
}

function describeFile({ name, size, checksum, digest, resumed = 0, elapsedMs }: FileArrived, form: TextForm): string {
  const speed = `${formatBytes(size / Math.max(0.001, elapsedMs / 1000))}/s`;
  const again = resumed === 0 ? '' : `, went on ${resumed === 1 ? 'once' : `${resumed} times`}`;
  const shown = form.isFull ? digest : `${digest.slice(0, 16)}...`;
  return `${form.paint('good', escapeLine(name))}: ${formatBytes(size)}, ${speed}, ${checksum} ${shown}${again}`;
}

/** What it takes to go on with a file in another process, where that is of use. */
function goOn({ error, id, sentBytes = 0 }: FileFailed): string {
  return sentBytes > 0 && error.code === 'connection-lost' ? `\nto go on with it later: --id ${id}` : '';
}

function describeEnd(closed: Closed, paint: Paint): string {
  const { error, exitCode } = closed;
  if (!error) return paint(exitCode === 0 ? 'good' : 'bad', `closed: ${closeWords(closed)}`);
  return paint('bad', because(closed)) + (error.body ? `\n${escapeText(error.body.trimEnd())}` : '');
}

function because({ error, code }: { error?: HoldfastError | undefined; code: number }): string {
  return error ? escapeLine(error.message) : closeWords({ code, reason: '' });
}

/** `1000`, `1001 "going away"`, `without a code`. */
function closeWords({ code, reason }: { code: number; reason: string }): string {
  // RFC 6455 7.1.5: 1005 and 1006 stand for no code and no close frame; neither travels.
  if (code === 1005) return 'without a code';
  if (code === 1006) return 'without a close frame';
  return reason ? `${code} "${escapeLine(reason)}"` : String(code);
}
