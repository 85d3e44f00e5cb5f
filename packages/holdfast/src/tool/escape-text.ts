/** What a terminal acts on: control characters, C1 among them, line separators, and what turns the direction of text. */
const acting = /(?![\n\t])[\p{Cc}\u2028\u2029\p{Bidi_Control}]/gu;
const actingInLine = /[\p{Cc}\u2028\u2029\p{Bidi_Control}]/gu;

/** A text of the peer's for a terminal: what would move the cursor, colour or hide anything is written out, `\x1b`; lines and tabs stay. */
export function escapeText(text: string): string {
  return text.replace(/\r\n/g, '\n').replace(acting, writeOut);
}

/** The same in one line: also line ends and tabs are written out. */
export function escapeLine(text: string): string {
  return text.replace(actingInLine, writeOut);
}

const names: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function writeOut(character: string): string {
  const code = character.charCodeAt(0);
  const hex = code.toString(16);
  return names[character] ?? (code < 0x100 ? `\\x${hex.padStart(2, '0')}` : `\\u${hex.padStart(4, '0')}`);
}
