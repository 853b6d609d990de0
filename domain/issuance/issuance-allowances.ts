import type { Claim } from '../claim.ts';
import type { Enrollment } from '../enrollment.ts';
import { enrollmentKeyOf } from '../thing-name.ts';
import type { IssuanceTerms } from './certificate-terms.ts';
import type { Allowance } from './issuance-ports.ts';
import { HOUR_MS, DAY_MS } from '../duration.ts';

interface Asking {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly claim: Claim | undefined;
  readonly enrollment: Enrollment;
}

/** What a certificate is counted against: the device first, so that who asks for one device only uses up nothing of the others. */
export const allowancesFor = ({ at, claim, enrollment }: Asking, terms: IssuanceTerms): readonly Allowance[] => {
  const time = new Date(at).toISOString();
  const device: Allowance = {
    ...{ kind: 'device', of: enrollmentKeyOf(enrollment.thingName), span: time.slice(0, 'YYYY-MM-DD'.length) },
    ...{ limit: terms.perDeviceDaily, endsAt: at + 2 * DAY_MS },
  };
  if (claim === undefined) return [device];
  const hourly: Allowance = {
    // A claim that took over from another shares what that may have, as it shares its quota.
    ...{ kind: 'claim', of: claim.countsOn ?? claim.certificateId, span: time.slice(0, 'YYYY-MM-DDTHH'.length) },
    ...{ limit: terms.perClaimHourly, endsAt: at + 2 * HOUR_MS },
  };
  return [device, hourly];
};
