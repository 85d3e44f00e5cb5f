/** More arguments than this may be too many for one call. */
const pieceBytes = 8_192;

/** Bytes as text of Latin-1, each a character, which is what a head of HTTP is made of; without Node, for every platform. */
export function decodeLatin1(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    text += String.fromCharCode(...bytes.subarray(at, at + pieceBytes));
  }
  return text;
}
