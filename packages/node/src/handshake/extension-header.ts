import { token } from './http-syntax.ts';

/** One extension with its parameters, in their order; a parameter without a value is `true` (RFC 6455 9.1). */
export interface Extension {
  readonly name: string;
  readonly parameters: readonly (readonly [name: string, value: string | true])[];
}

/**
 * The extensions of a `Sec-WebSocket-Extensions` that is there, from all its lines, in their order, at least one;
 * `undefined` where the header is not what RFC 6455 9.1 allows. Each character is looked at once.
 */
export function parseExtensions(values: readonly string[]): Extension[] | undefined {
  const tokens = values.flatMap((value, index) => (index > 0 ? [',', ...lex(value)] : lex(value)));
  const items = split(tokens, ',').filter((item) => item.length > 0);
  const extensions = items.map(parseExtension);
  return extensions.length > 0 && extensions.every((extension) => extension !== undefined) ? extensions : undefined;
}

/** A text in quotes, or what is left of one that does not end; a token; or a single separator or wrong character. */
const lexeme = /"(?:[^"\\]|\\[^])*(?:"|\\?$)|[!#$%&'*+\-.^_`|~\w]+|[^\t ]/g;

function lex(value: string): string[] {
  return value.match(lexeme) ?? [];
}

function split(lexemes: readonly string[], separator: string): string[][] {
  const parts: string[][] = [[]];
  for (const part of lexemes) {
    if (part === separator) parts.push([]);
    else parts.at(-1)?.push(part);
  }
  return parts;
}

function parseExtension(lexemes: readonly string[]): Extension | undefined {
  const [[name = '', ...more] = [], ...rest] = split(lexemes, ';');
  if (more.length > 0 || !token.test(name)) return undefined;
  const parameters = rest.map(parseParameter);
  return parameters.every((parameter) => parameter !== undefined) ? { name, parameters } : undefined;
}

function parseParameter(lexemes: readonly string[]): readonly [string, string | true] | undefined {
  const [name = '', equals, given = '', ...more] = lexemes;
  if (!token.test(name) || more.length > 0) return undefined;
  if (lexemes.length === 1) return [name, true];
  if (equals !== '=') return undefined;
  const isQuoted = given.length > 1 && given.startsWith('"') && given.endsWith('"');
  // RFC 6455 9.1: what stands in quotes must be a token once they are taken off.
  const value = isQuoted ? given.slice(1, -1).replace(/\\([^])/g, '$1') : given;
  return token.test(value) ? [name, value] : undefined;
}
