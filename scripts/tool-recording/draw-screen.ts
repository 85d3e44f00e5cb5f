/** What each character takes, in the units of the drawing. */
const cell = { width: 8.4, height: 20 };
const margin = 18;

/** The colours of a terminal by the numbers of their escape sequences, on a dark ground: contrast 4.5 and more. */
const colours: Readonly<Record<string, string>> = {
  31: '#ff8f8f',
  32: '#8fdc9b',
  33: '#eac770',
  35: '#d9a9f5',
  36: '#7fd3e6',
  90: '#9aa7b4',
};
const ground = '#10181f';
const ink = '#e6edf3';

const sequence = String.raw`\x1b\[[\d;]*m`;

/** A screen, with its colours as escape sequences, as an SVG; its text stays text. */
export function drawScreen(screen: string, columns: number): string {
  const rows = screen.split('\n');
  const width = Math.ceil(columns * cell.width) + 2 * margin;
  const height = rows.length * cell.height + 2 * margin;
  const lines = rows.flatMap((row, index) => drawRow(row, margin + (index + 0.75) * cell.height));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="A session of the tool">`,
    `<rect width="${width}" height="${height}" rx="10" fill="${ground}"/>`,
    `<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14" fill="${ink}">`,
    ...lines,
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

/** Each run of one colour stands in its column, whatever font is there. */
function drawRow(row: string, y: number): string[] {
  let column = 0;
  let colour = '';
  return row.split(new RegExp(`(${sequence})`)).flatMap((part) => {
    const code = part.startsWith('\x1b') ? part.slice(2, -1) : undefined;
    if (code !== undefined) {
      colour = colours[code] ?? '';
      return [];
    }
    // Blanks at the ends are drawn as room: not every reader of SVG keeps them.
    const text = part.trim();
    const x = margin + (column + part.indexOf(text)) * cell.width;
    column += [...part].length;
    if (text === '') return [];
    const fill = colour === '' ? '' : ` fill="${colour}"`;
    const length = `textLength="${([...text].length * cell.width).toFixed(1)}" lengthAdjust="spacingAndGlyphs"`;
    return `<text x="${x.toFixed(1)}" y="${y}"${fill} ${length}>${escapeXml(text)}</text>`;
  });
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
