import { architecture } from './architecture.ts';
import type { Check } from './check.ts';
import { deadCode } from './dead-code.ts';
import { dependencies } from './dependencies.ts';
import { format } from './format.ts';
import { hostNames } from './host-names.ts';
import { layers } from './layers.ts';
import { lint } from './lint.ts';
import { packages } from './package.ts';
import { purity } from './purity.ts';
import { rfcMap } from './rfc-map.ts';
import { sizes } from './sizes.ts';
import { types } from './types.ts';
import { webBundle } from './web-bundle.ts';

/** Every house rule that `npm run check` holds; the packages have to be built. */
export const checks: readonly Check[] = [
  ...types,
  format,
  lint,
  layers,
  purity,
  hostNames,
  dependencies,
  deadCode,
  rfcMap,
  architecture,
  sizes,
  webBundle,
  ...packages,
];
