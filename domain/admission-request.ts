import type { Claim } from './claim.ts';
import type { JudgedDevice } from './device-judgement.ts';
import type { Enrollment } from './enrollment.ts';
import type { CertificateId, ThingName } from './identifiers.ts';

/** A device's request to be let in by claim, with everything the decision may depend on. */
export interface AdmissionRequest extends JudgedDevice {
  readonly eventId: string;
  /** The client id of the claim connection. */
  readonly correlationId: string;
  readonly thingName: ThingName;
  /** The certificate that was issued for the device's CSR and waits to be activated. */
  readonly certificateId: CertificateId;
  readonly claimCertificateId: CertificateId;
  readonly claim: Claim | undefined;
  readonly enrollment: Enrollment | undefined;
}

/** What can be said of a request even when it could not be understood. */
export type RefusedRequest = Pick<AdmissionRequest, 'at' | 'eventId' | 'correlationId'> & Partial<AdmissionRequest>;
