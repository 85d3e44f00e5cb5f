import { type AppStep, type Content, type Dialogue, type End, examples, type Step } from './examples.ts';

/** Where the examples stand, and between which lines. */
export const pagePath = 'docs/protocols/delivery.md';
const noBytes = 'no bytes';
const begin = '<!-- examples -->';
const end = '<!-- /examples -->';

/** The page with the examples as they are in the file. */
export function withExamples(page: string): string {
  const at = page.indexOf(begin) + begin.length;
  return `${page.slice(0, at)}\n\n${renderExamples()}\n${page.slice(page.indexOf(end))}`;
}

function renderExamples(): string {
  return [
    '### Frames\n',
    'The client masks, the server does not (RFC 6455 5.3).\n',
    renderTable(
      ['packet', 'key', 'from the client', 'from the server'],
      examples.frames.map(({ packet, mask, fromClient, fromServer = '' }) => [
        code(packet),
        code(mask),
        code(fromClient),
        fromServer && code(fromServer),
      ]),
    ),
    '### Packets\n',
    renderTable(
      ['', 'packet', 'means'],
      examples.packets.map(({ name, packet, data, control }) => [
        name,
        code(packet),
        data ? `number ${data.number}, payload ${code(data.payload)}` : code(JSON.stringify(control)),
      ]),
    ),
    '### What is no packet\n',
    renderTable(
      ['', 'packet'],
      examples.malformed.map(({ name, packet }) => [name, code(packet)]),
    ),
    ...examples.dialogues.map(renderDialogue),
  ].join('\n');
}

function renderTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => '---'), ...rows];
  return lines.map((cells) => `| ${cells.join(' | ')} |\n`).join('');
}

/** As in a JSON text, so that what cannot be seen is seen. */
function show(content: Content): string {
  if (typeof content !== 'string') return content.hex ? `bytes ${content.hex}` : noBytes;
  return content.replaceAll(/[\n\ufeff\u0661]/g, (char) =>
    char === '\n' ? '\\n' : `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function code(content: Content): string {
  const shown = show(content);
  if (shown === '' || shown === noBytes) return shown || 'nothing';
  return `\`${shown}\``;
}

function renderDialogue({ name, shows, tests, steps }: Dialogue): string {
  const lines = steps.map((step) => renderStep(step).trimEnd());
  return `### ${name[0]!.toUpperCase()}${name.slice(1)}\n\n${shows} ${testOf(tests)}\n\n\`\`\`text\n${lines.join('\n')}\n\`\`\`\n`;
}

function testOf(tests: readonly End[]): string {
  return tests.length > 1 ? 'For both ends.' : `For ${tests[0] === 'client' ? 'clients' : 'servers'}.`;
}

function renderStep(step: Step): string {
  if ('app' in step) return `                (app ${renderAppStep(step)})`;
  if ('link' in step) return `link ${step.link}`;
  if ('cut' in step) return `        the line of link ${step.cut} breaks`;
  const on = step.on === undefined ? '' : `   (link ${step.on})`;
  const lost = step.lost ? '   (does not arrive)' : '';
  if ('client' in step) return `client  ${show(step.client)}${lost}${on}`;
  if ('server' in step) return `server  ${show(step.server)}${lost}${on}`;
  const [who, closes] = 'clientCloses' in step ? ['client', step.clientCloses] : ['server', step.serverCloses];
  return `${who}  closes with ${closes} ${step.reason ?? ''}${on}`;
}

function renderAppStep(step: AppStep): string {
  if ('message' in step) return `${step.app} ${show(step.message) || 'an empty text'}`;
  if ('resumed' in step) return `is told: open, ${step.resumed ? '' : 'not '}resumed`;
  return `${step.app === 'ends' ? 'is told: closed' : step.app} with ${step.code} ${step.reason}`.trimEnd();
}
