import type { HoldfastErrorCode } from '@holdfast/core';

/** A rule of a standard, as a page cites it. */
export interface Rule {
  /** `RFC 6455 5.2`. */
  readonly section: string;
  readonly url: string;
  /** What it says. */
  readonly text: string;
}

/** The rule that an error tells of; `undefined` where it tells of something else. */
export function ruleOf(code: string | undefined): Rule | undefined {
  const [section, text] = rules[code as HoldfastErrorCode] ?? [];
  if (section === undefined || text === undefined) return undefined;
  return { section: `RFC 6455 ${section}`, url: `https://www.rfc-editor.org/rfc/rfc6455#section-${section}`, text };
}

const rules: { readonly [code in HoldfastErrorCode]?: readonly [section: string, text: string] } = {
  'reserved-bits': ['5.2', 'RSV1, RSV2 and RSV3 are 0, unless an extension that was agreed on gives them a meaning.'],
  'unknown-opcode': ['5.2', 'Opcodes 0x3 to 0x7 and 0xb to 0xf are reserved: who receives one fails the connection.'],
  'mask-missing': ['5.1', 'A client masks all frames: a server closes the connection on one that is not masked.'],
  'mask-unexpected': ['5.1', 'A server masks no frame: a client closes the connection on one that is masked.'],
  'control-fragmented': ['5.5', 'A control frame is not fragmented: its FIN is 1.'],
  'control-too-long': ['5.5', 'A control frame has at most 125 bytes of payload.'],
  'length-not-minimal': ['5.2', 'The length is written in the fewest bytes that hold it.'],
  'length-top-bit': ['5.2', 'The most significant bit of a length of 64 bits is 0.'],
  'continuation-unexpected': ['5.4', 'A continuation follows a first fragment, whose FIN is 0: here none is open.'],
  'continuation-expected': ['5.4', 'Until a fragmented message has ended, the next data frame is its continuation.'],
  'utf8-invalid': ['8.1', 'Text is UTF-8: who receives bytes that are not fails the connection, with 1007.'],
  'close-payload': ['5.5.1', 'The payload of a close frame is empty, or begins with a code of 2 bytes.'],
  'close-code': ['7.4', 'Codes that are reserved, such as 1005 and 1006, and those below 1000 do not travel.'],
  'frame-too-large': ['10.4', 'Who receives frames sets a limit to their size.'],
  'message-too-large': ['10.4', 'Who puts fragments together sets a limit to the size of the message.'],
};
