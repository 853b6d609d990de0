import type { Flaw } from '../../domain/audit/verification/flaw.ts';
import type { Verification } from '../../domain/audit/verification/verify-archive.ts';
import { paint } from '../output/paint.ts';
import { visible } from '../output/visible-text.ts';

/** Flaws that are worth the reading; the first is what the others follow from, more often than not. */
const SHOWN = 20;

const isoTime = (at: number): string => new Date(at).toISOString();

/** What came of a verification, for people. */
export const verificationLines = ({ isIntact, flaws, periods, events, vouchedFor, unsealed }: Verification): readonly string[] => [
  ...(isIntact ? [] : [paint('red', `History is not as it was sealed. Flaws: ${flaws.length}; the first broken link is the first.`)]),
  ...flaws.slice(0, SHOWN).map(flawLine),
  ...(flaws.length > SHOWN ? [`… and ${flaws.length - SHOWN} more; --json has all.`] : []),
  vouchedFor === undefined
    ? nothingVouchedFor(isIntact)
    : `Vouched for: all that had arrived from ${isoTime(vouchedFor.from)} to ${isoTime(vouchedFor.until)} (periods up to ${vouchedFor.last}).`,
  `${periods} periods, ${events} events.`,
  ...unsealed.map((key) => `${visible(key)} is about to be sealed; nobody vouches for it yet.`),
];

const nothingVouchedFor = (isIntact: boolean): string =>
  isIntact ? 'Nothing is sealed yet, and nothing had to be so soon after the deployment.' : 'Nothing can be vouched for.';

const flawLine = ({ kind, sequence, key, versionId, detail }: Flaw): string => {
  const place = [key, versionId === undefined ? undefined : `version ${versionId}`].filter((part) => part !== undefined).join(', ');
  return visible(`${sequence === 0 ? 'no period' : `period ${sequence}`}: ${kind}${place === '' ? '' : ` (${place})`}: ${detail}`);
};
