import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const local = join(import.meta.dirname, '../../local');

/** In a comment; an assumed role is another matter. */
const saysAssumed = (line: string): boolean => /(\/\/|\*).*\bassumed\b/i.test(line) && !/assumed[- ]role|be assumed|`arn:/i.test(line);

test('What is assumed about AWS IoT stands in the table of assumptions, and in no comment', () => {
  const found = readdirSync(local, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.startsWith('iot/behaviour/') && !name.startsWith('support/'))
    .flatMap((name) =>
      readFileSync(join(local, name), 'utf8')
        .split('\n')
        .filter(saysAssumed)
        .map((line) => `${name}: ${line.trim()}`),
    )
    .filter((line) => !line.includes('Of an assumed role'));
  expect(found).toEqual([]);
});
