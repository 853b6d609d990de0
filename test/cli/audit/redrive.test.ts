import type { Redriven } from '../../../domain/audit/dead-letters.ts';
import { runMuster } from '../../fakes/muster-command.ts';

const redrive = (result: Redriven, ...options: readonly string[]) =>
  runMuster({ deadLetters: { redrive: () => Promise.resolve(result) } }, 'audit', 'redrive', ...options);

describe('muster audit redrive', () => {
  test('says how many batches were brought back', async () => {
    expect(await redrive({ redriven: 3, failures: [] })).toMatchObject({ code: 0, output: ['3 brought back, 0 failed again.'] });
    expect(await redrive({ redriven: 0, failures: [] })).toMatchObject({ code: 0, output: ['Nothing waits.'] });
  });

  test('says why one failed again, and ends with 1', async () => {
    expect(await redrive({ redriven: 1, failures: ['S3 is away'] })).toMatchObject({
      code: 1,
      output: ['1 brought back, 1 failed again.', 'S3 is away'],
    });
  });

  test('prints one JSON object for programs', async () => {
    expect((await redrive({ redriven: 1, failures: [] }, '--json')).output).toEqual(['{"redriven":1,"failures":[]}']);
  });
});
