import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { reasonCodes } from '../../../domain/reason-code.ts';
import { adviceFor } from '../../../domain/story/advice.ts';
import { tableWith } from '../../builders/markdown.ts';

describe('The advice for a refusal', () => {
  test('is what the page on events says, word for word', () => {
    const page = readFileSync(join(import.meta.dirname, '../../../docs/events.md'), 'utf8');
    const rows = tableWith(page, 'reason', 'what is wrong', 'what to do');
    expect(rows).toEqual(reasonCodes.map((reason) => [`\`${reason}\``, adviceFor[reason].wrong, adviceFor[reason].todo]));
  });
});
