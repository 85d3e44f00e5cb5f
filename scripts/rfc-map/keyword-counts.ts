/** How often a section says MUST, by its number. */
export type KeywordCounts = Readonly<Record<string, number>>;

/**
 * Counted in the text of each RFC as the RFC Editor publishes it, without the headers and footers of its pages: every
 * MUST, SHALL and REQUIRED between one section's heading and the next, MUST NOT and SHALL NOT as one, comments in ABNF
 * too. Section 2 of both only explains the words.
 */
export const keywordCounts: Readonly<Record<string, KeywordCounts>> = {
  'RFC 6455': {
    '3': 2,
    '4.1': 39,
    '4.2.1': 1,
    '4.2.2': 10,
    '4.3': 1,
    '4.4': 1,
    '5.1': 4,
    '5.2': 10,
    '5.3': 4,
    '5.4': 10,
    '5.5': 2,
    '5.5.1': 6,
    '5.5.2': 1,
    '5.6': 1,
    '5.8': 1,
    '6.1': 8,
    '6.2': 5,
    '7.1.2': 1,
    '7.1.7': 3,
    '7.2.1': 2,
    '7.2.2': 1,
    '7.4.1': 3,
    '8.1': 1,
    '9': 2,
    '9.1': 5,
    '10.3': 1,
    '10.4': 1,
    '10.6': 1,
    '10.7': 1,
    '11.1.1': 2,
    '11.1.2': 2,
    '11.3.1': 1,
    '11.3.2': 1,
    '11.3.3': 1,
    '11.3.4': 1,
    '11.3.5': 1,
  },
  'RFC 7692': {
    '4': 2,
    '5': 11,
    '6.1': 4,
    '6.2': 2,
    '7': 2,
    '7.1.1.2': 1,
    '7.1.2.1': 2,
    '7.1.2.2': 3,
    '7.2.1': 7,
    '7.2.2': 6,
  },
};
