import { ConfigurationError, type ConfigurationMistake } from '../../../domain/configuration/configuration-error.ts';
import { parseConfiguration } from '../../../domain/configuration.ts';

const parse = (audit: object) => parseConfiguration({ audit }, ['pki']);

const mistakesIn = (audit: object): readonly ConfigurationMistake[] => {
  try {
    parse(audit);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.mistakes;
    throw error;
  }
};

describe('The sealed history', () => {
  test('is kept for seven years in governance mode, and sealed four times an hour, unless somebody says otherwise', () => {
    expect(parse({}).audit).toEqual({ lock: 'governance', retainDays: 2557, sealMinutes: 15, connections: 'claims' });
  });

  test('may be locked so that nobody can undo it, by somebody who says the days twice', () => {
    expect(parse({ lock: 'compliance', retainDays: 400, confirmedDays: 400 }).audit).toMatchObject({ lock: 'compliance' });
  });

  test.each([
    ['without the days a second time', { lock: 'compliance', retainDays: 400 }, 'nothing beside lock "compliance" and retainDays 400'],
    ['with other days', { lock: 'compliance', retainDays: 400, confirmedDays: 40 }, '40 beside lock "compliance" and retainDays 400'],
    ['whose days nobody chose', { lock: 'compliance' }, 'nothing beside lock "compliance" and retainDays 2557'],
  ])('is not locked for good %s', (_, audit, got) => {
    const mistakes = mistakesIn(audit);
    expect(mistakes).toMatchObject([{ where: 'audit.confirmedDays', got }]);
    expect(mistakes[0]?.allowed).toContain('nobody can delete what is sealed');
    expect(mistakes[0]?.fix).toMatch(/^write confirmedDays: \d+, or lock: "governance"$/);
  });

  test('takes no confirmation of what can be undone', () => {
    expect(mistakesIn({ confirmedDays: 2557 })).toMatchObject([
      { where: 'audit.confirmedDays', fix: 'remove it, or write lock: "compliance"' },
    ]);
  });

  test.each([
    ['no days', { retainDays: 0 }],
    ['more than a hundred years', { retainDays: 36_501 }],
    ['another lock', { lock: 'none' }],
    ['a period of no time', { sealMinutes: 0 }],
    ['a period of more than an hour', { sealMinutes: 61 }],
  ])('refuses %s', (_, audit) => {
    expect(mistakesIn(audit)).toHaveLength(1);
  });
});
