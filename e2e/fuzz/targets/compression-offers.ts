// Any header of extensions is declined or answered by our server, and nothing is thrown; its answer is one to an offer that
// stands in the header, by a reference written from RFC 7692 7.1. What our client offers and our server answers, our client
// takes, and both then know the same windows. Any other answer our client takes exactly when the reference says that it is
// one to what it offered, and else refuses it by `handshake-extension`.
import {
  checkAnswer,
  chooseOffer,
  type DeflateAgreement,
  formatOffers,
} from '../../../packages/node/src/deflate/negotiation.ts';
import { type ResolvedCompression, resolveCompression } from '../../../packages/node/src/deflate/options.ts';
import { parseExtensions } from '../../../packages/node/src/handshake/extension-header.ts';
import type { Random } from '../engine/random.ts';
import { Script } from '../engine/script.ts';
import { attempt, hold, holdSame, type Target } from '../engine/target.ts';
import { isAnswerTo, type Parameters, readParameters } from '../reference/reference-offers.ts';

const names = [
  'server_no_context_takeover',
  'client_no_context_takeover',
  'server_max_window_bits',
  'client_max_window_bits',
];
const wrongNames = ['x', '', 'Server_no_context_takeover', '__proto__', 'max_window_bits'];
const values = [8, 9, 10, 11, 12, 13, 14, 15, 15, 8];
const wrongValues = ['7', '16', '08', '-1', '', 'x', '1e1', '100000000000000000000'];

/** The part that chooses, or one with a fault planted. */
export function compressionOffersTarget(choose: typeof chooseOffer = chooseOffer): Target {
  return {
    name: 'compression-offers',
    weight: { long: 40, short: 60 },
    headerBytes: 8,
    generate: (random: Random) => random.bytes(8 + random.between(0, 24)),
    run(input) {
      const script = new Script(input);
      const [client, server] = [readOptions(script), readOptions(script)];
      const labels = [checkOwn(client, server, choose)];
      const header = readHeader(script);
      labels.push(checkOffers(header, server, choose), checkAnswers(header, client));
      return labels;
    },
  };
}

function readOptions(script: Script): ResolvedCompression {
  const [flags, bits] = [script.byte(), script.byte()];
  const [options] = resolveCompression(
    {
      serverContextTakeover: (flags & 1) === 0,
      clientContextTakeover: (flags & 2) === 0,
      serverMaxWindowBits: flags & 4 ? 8 + (bits & 7) : 15,
      clientMaxWindowBits: flags & 8 ? 8 + ((bits >> 3) & 7) : 15,
    },
    true,
  );
  return options as ResolvedCompression;
}

/** One to three extensions, mostly ours, with parameters that are mostly right. */
function readHeader(script: Script): string[] {
  const count = 1 + (script.byte() % 3);
  return Array.from({ length: count }, () => {
    const how = script.byte();
    const parameters = Array.from({ length: how & 3 }, () => readParameter(script));
    return [how > 240 ? 'x-other' : 'permessage-deflate', ...parameters].join('; ');
  });
}

function readParameter(script: Script): string {
  const [how, which] = [script.byte(), script.byte()];
  const name = how > 240 ? wrongNames[which % wrongNames.length] : names[which % names.length];
  if (how > 225) return `${name}=${wrongValues[how % wrongValues.length]}`;
  const takesValue = name?.endsWith('bits') && !(how & 1 && name.startsWith('client'));
  return takesValue ? `${name}=${values[how % values.length]}` : `${name}`;
}

function checkOwn(client: ResolvedCompression, server: ResolvedCompression, choose: typeof chooseOffer): string {
  const offered = formatOffers([client]);
  const chosen = choose(parseExtensions([offered]) ?? [], server);
  hold(chosen !== undefined, `our own offer is declined: ${offered}`);
  const taken = attempt(() => checkAnswer([chosen.text], [client]));
  hold(taken !== undefined && 'server' in taken, () => `our own answer is refused: ${chosen.text} to ${offered}`);
  holdSame(sides(taken), sides(chosen), `what ${chosen.text} means`);
  return 'own offer';
}

function sides({ server, client }: DeflateAgreement): string {
  return JSON.stringify([server.windowBits, server.keepsContext, client.windowBits, client.keepsContext]);
}

function checkOffers(header: readonly string[], server: ResolvedCompression, choose: typeof chooseOffer): string {
  const extensions = parseExtensions([header.join(', ')]);
  const chosen = choose(extensions ?? [], server);
  const offers = extensions ? header.flatMap((text) => readParameters(text, false) ?? []) : [];
  if (!chosen) {
    // It may decline what would not let it bound the client's window.
    const mayDecline = (offer: Parameters) => server.clientMaxWindowBits < 15 && !offer.has('client_max_window_bits');
    hold(offers.every(mayDecline), () => `declined: ${header.join(', ')}`);
    return 'declined';
  }
  const answer = readParameters(chosen.text, true);
  hold(answer !== undefined, `an answer that is none: ${chosen.text}`);
  hold(
    offers.some((offer) => isAnswerTo(answer, offer)),
    () => `${chosen.text} answers none of ${header.join(', ')}`,
  );
  return 'answered';
}

function checkAnswers(header: readonly string[], client: ResolvedCompression): string {
  const text = header.join(', ');
  const taken = attempt(() => checkAnswer([text], [client]));
  const answer = header.length === 1 ? readParameters(text, true) : undefined;
  const offer = readParameters(formatOffers([client]), false);
  const isRight = answer !== undefined && offer !== undefined && isAnswerTo(answer, offer);
  if (taken instanceof Error) {
    holdSame(taken.code, 'handshake-extension', 'the error for a wrong answer');
    hold(!isRight, () => `refused: ${taken.message}`);
    return 'handshake-extension';
  }
  hold(isRight, () => `taken: ${text} to ${formatOffers([client])}`);
  return 'taken';
}
