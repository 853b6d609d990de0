import type { AuditEvent } from '../audit-event.ts';
import type { Claim } from '../claim.ts';
import type { JudgedDevice } from './device-judgement.ts';
import type { Enrollment } from '../enrollment.ts';
import type { CertificateId, ThingName } from '../identifiers.ts';

/** A device's request to be let in, whichever way it came. */
export interface Arrival extends JudgedDevice {
  readonly eventId: string;
  /** What this request is known by in the record: the client id of the claim connection, or the id of the device's own certificate. */
  readonly correlationId: string;
  readonly thingName: ThingName;
  /** The certificate that waits to be activated. */
  readonly certificateId: CertificateId;
  readonly enrollment: Enrollment | undefined;
  /** None where it came without a claim. */
  readonly claimCertificateId?: CertificateId;
  /** What else its events say: who acts, where it is not the device. */
  readonly about?: Partial<AuditEvent>;
}

/** A device's request to be let in by claim, with everything the decision may depend on. */
export interface AdmissionRequest extends Arrival {
  readonly claimCertificateId: CertificateId;
  readonly claim: Claim | undefined;
}

/** What can be said of a request even when it could not be understood. */
export type RefusedRequest = Pick<Arrival, 'at' | 'eventId' | 'correlationId'> & Partial<AdmissionRequest>;
