import { readFileSync, writeFileSync } from 'node:fs';
import { house } from '../../scripts/house.ts';
import { pagePath, withExamples } from './render-examples.ts';

const path = `${house}/${pagePath}`;
writeFileSync(path, withExamples(readFileSync(path, 'utf8')));
