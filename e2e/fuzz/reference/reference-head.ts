/** What is allowed; each of the head's limits. */
export interface ReferenceHeadLimits {
  readonly maxHeaderBytes: number;
  readonly maxHeaders: number;
  readonly maxHeaderLineBytes: number;
}

/** A head by the grammar of RFC 9112, and why it may be refused. */
export interface ReferenceHead {
  readonly startLine: string;
  /** Names in lower case, values without the white space around them. */
  readonly fields: readonly (readonly [name: string, value: string])[];
  /** How many bytes it takes, with its empty line. */
  readonly bytes: number;
}

/** What a stream that begins with a head comes to; more than one may be true of a head that breaks several rules. */
export interface HeadVerdict {
  readonly head: ReferenceHead | undefined;
  readonly mayBeMalformed: boolean;
  readonly mayBeTooLarge: boolean;
}

/** RFC 9112 4 and 5, RFC 9110 5.5 and 5.6.2: lines that end in CRLF, of tokens and of values without controls. */
const field =
  /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+):[\t ]*((?:[\x21-\x7e\x80-\xff](?:[\t\x20-\x7e\x80-\xff]*[\x21-\x7e\x80-\xff])?)?)[\t ]*$/;

/** RFC 9112 4: version, status, reason; 1.0 knows no 101 (RFC 9110 7.8). */
export const statusLine: RegExp = /^HTTP\/1\.(?:1|0(?! 101)) [1-9]\d\d(?: [\t\x20-\x7e\x80-\xff]*)?$/;
/** RFC 9112 3: method, target, version. */
export const requestLine: RegExp = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+ [\x21-\x7e]+ HTTP\/\d\.\d$/;

/** Judges text of Latin-1 whole, without a thought for the order in which a reader would see what is wrong. */
export function judgeHead(stream: string, startLine: RegExp, limits: ReferenceHeadLimits): HeadVerdict {
  const end = stream.indexOf('\r\n\r\n');
  const text = stream.slice(0, end < 0 ? stream.length : end);
  const lines = text.split('\r\n');
  const [first = '', ...rest] = lines;
  const isTooLarge =
    text.length > limits.maxHeaderBytes ||
    rest.length > limits.maxHeaders ||
    lines.some(({ length }) => length > limits.maxHeaderLineBytes);
  const fields = rest.map((line) => field.exec(line));
  const isMalformed = !startLine.test(first) || fields.some((match) => match === null);
  if (end < 0 || isTooLarge || isMalformed) {
    return { head: undefined, mayBeMalformed: isMalformed, mayBeTooLarge: isTooLarge };
  }
  const pairs = fields.map((match) => [(match?.[1] ?? '').toLowerCase(), match?.[2] ?? ''] as const);
  return {
    head: { startLine: first, fields: pairs, bytes: end + 4 },
    mayBeMalformed: false,
    mayBeTooLarge: false,
  };
}

/** The values of a header, one for each line. */
export function valuesOf({ fields }: ReferenceHead, name: string): string[] {
  return fields.filter(([other]) => other === name).map(([, value]) => value);
}

/** The members of a header that is a list, in lower case (RFC 9110 5.6.1). */
export function membersOf(head: ReferenceHead, name: string): string[] {
  const members = valuesOf(head, name).flatMap((value) => value.split(/[\t ]*,[\t ]*/));
  return members.map((member) => member.toLowerCase()).filter((member) => member !== '');
}
