import type { AttackRow } from './row.ts';
import { compression } from './rows/compression.ts';
import { fragments } from './rows/fragments.ts';
import { heads } from './rows/heads.ts';
import { injection } from './rows/injection.ts';
import { lengths } from './rows/lengths.ts';
import { resources } from './rows/resources.ts';
import { secrets } from './rows/secrets.ts';

/** Every published flaw that is held against this product, by subject. */
export const themes = [lengths, fragments, compression, heads, injection, secrets, resources] as const;

/** The rows of all themes. */
export const allRows: readonly AttackRow[] = themes.flatMap(({ rows }): readonly AttackRow[] => rows);
