import { encodeUtf8 } from '../message.ts';

/** Characters that mean something to a system or a shell of one, that cannot be seen, or that turn what is read around. */
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const forbidden = /[\u0000-\u001f\u007f-\u009f/\\<>:"|?*\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]|\p{Cs}/u;

/** Windows opens these for a device, with any ending and in any case. */
const device = /^(con|prn|aux|nul|conin\$|conout\$|com[0-9\u00b9\u00b2\u00b3]|lpt[0-9\u00b9\u00b2\u00b3])\s*(\.|$)/i;

/** Where receivers keep what has not wholly arrived. */
export const partsFolder = '.holdfast-parts';

/**
 * Why a name is not taken, in words, or undefined for one that names a file of this folder, and nothing else, on every
 * system: it has no separators, is no device, and is at most 255 bytes long.
 */
export function fileNameFault(name: string): string | undefined {
  if (name === '' || name === '.' || name === '..') return 'no name of a file';
  if (forbidden.test(name)) return 'has a character that names may not have';
  if (/[. ]$/.test(name)) return 'ends with a dot or a space';
  if (device.test(name)) return 'is a device of Windows';
  if (name.toLowerCase() === partsFolder) return 'is in use';
  return encodeUtf8(name).length > 255 ? 'is longer than 255 bytes' : undefined;
}
