import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { behaviourRows } from '../../local/iot/behaviour/behaviour.ts';
import type { BehaviourRow } from '../../local/iot/behaviour/row.ts';

const folder = join(import.meta.dirname, '../conformance');

const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => readFileSync(join(folder, name), 'utf8'))
  .join('\n');

test('Every fact of the table of assumptions is checked by a conformance test that carries its id', () => {
  const unchecked = Object.keys(behaviourRows).filter((id) => !sources.includes(`'${id}'`));
  expect(unchecked).toEqual([]);
});

test('Every fact of the table of assumptions is read by the code', () => {
  const local = join(import.meta.dirname, '../../local');
  const code = readdirSync(local, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.includes('behaviour/'))
    .map((name) => readFileSync(join(local, name), 'utf8'))
    .join('\n');
  // Ids that are put together, such as `provisioning.rejected-${cause}`, are found by what stands before the variable.
  const isRead = (id: string): boolean =>
    code.includes(`'${id}'`) ||
    [...code.matchAll(/`([a-z0-9.-]+)\$\{/g)].some(([, start = '']) => start.length > 8 && id.startsWith(start));
  // A fact that admits one value only is how the code is written; there is nothing to read.
  const choices = Object.entries<BehaviourRow<unknown>>(behaviourRows).filter(([, { schema }]) => !(schema instanceof z.ZodLiteral));
  expect(choices.map(([id]) => id).filter((id) => !isRead(id))).toEqual([]);
});
