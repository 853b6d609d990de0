import { type Verdict, decideAdmission, refuse } from '../../domain/admission.ts';
import type { AdmissionRequest } from '../../domain/admission/admission-request.ts';
import type { EnrollmentStore } from '../../domain/ports.ts';
import { type AdmissionWriter, writeAdmission } from './write-admission.ts';

/** A request as the device made it, before anything was read. */
export type DeviceRequest = Omit<AdmissionRequest, 'claim' | 'enrollment'>;

export interface Admitter extends AdmissionWriter {
  readonly store: Pick<EnrollmentStore, 'readForAdmission' | 'admit'>;
}

/** How often a decision is made anew because somebody else wrote between reading and writing. */
const MAX_DECISIONS = 5;

/**
 * Reads, decides and writes: one request each, where nobody interferes. Who lost a race decides again from what the winner
 * wrote, and so gets the reason that is true now, or is let in where the winner had the same key.
 */
export const admitDevice = async (admitter: Admitter, request: DeviceRequest, signal: AbortSignal): Promise<Verdict> => {
  const key = { claim: request.claimCertificateId, thing: request.thingName };
  for (let decision = 1; decision <= MAX_DECISIONS; decision += 1) {
    const records = await admitter.store.readForAdmission(key, signal);
    const verdict = decideAdmission({ ...request, ...records });
    const write = verdict.verdict === 'admit' ? verdict : verdict.write;
    if (write === undefined) return verdict;
    const outcome = await writeAdmission(admitter, write, signal);
    if (outcome === 'written') return verdict;
    if (outcome === 'claim-exhausted') return refuse({ ...request, ...records }, 'claim-quota-exhausted');
  }
  return refuse(request, 'lost-a-race');
};
