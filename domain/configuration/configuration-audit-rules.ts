import type { ConfigurationMistake } from './configuration-error.ts';
import type { Configuration } from './configuration-schema.ts';

/** A lock that nobody can take off again, and that nobody has said twice. */
export const auditMistakes = ({ audit: { lock, retainDays, confirmedDays } }: Configuration): readonly ConfigurationMistake[] => {
  const where = 'audit.confirmedDays';
  if (lock === 'compliance' && confirmedDays !== retainDays) {
    return [
      {
        where,
        got: `${confirmedDays ?? 'nothing'} beside lock "compliance" and retainDays ${retainDays}`,
        allowed: `${retainDays}, the same number once more: for so long nobody can delete what is sealed, not even AWS, and it is paid for; the account would have to be closed`,
        fix: `write confirmedDays: ${retainDays}, or lock: "governance"`,
      },
    ];
  }
  if (lock === 'compliance' || confirmedDays === undefined) return [];
  return [
    {
      where,
      got: `${confirmedDays} beside lock "${lock}"`,
      allowed: 'nothing, because there is nothing that could not be undone',
      fix: 'remove it, or write lock: "compliance"',
    },
  ];
};
