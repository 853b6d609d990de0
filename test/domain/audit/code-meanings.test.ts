import { auditCodes } from '../../../domain/audit-event.ts';
import { codeMeanings } from '../../../domain/audit/code-meanings.ts';

describe('What a code says', () => {
  test('has a verdict where somebody asked for something', () => {
    const verdicts = auditCodes.flatMap((code) => codeMeanings[code].verdict ?? []);
    expect(new Set(verdicts)).toEqual(new Set(['admit', 'restrict', 'hold', 'refuse']));
  });

  test('is a refusal where the code says so', () => {
    const refusals = auditCodes.filter((code) => code.endsWith('.refused'));
    expect(auditCodes.filter((code) => codeMeanings[code].verdict === 'refuse')).toEqual(refusals);
  });

  test('names somebody who caused it, and is one line', () => {
    expect(auditCodes.filter((code) => codeMeanings[code].by.length === 0)).toEqual([]);
    expect(auditCodes.filter((code) => /[\n|]/.test(codeMeanings[code].what))).toEqual([]);
  });
});
