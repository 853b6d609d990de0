import { placementOf } from '../../domain/admission/placement.ts';
import type { Deployment } from '../../domain/admission/provisioning-contract.ts';
import type { DeviceCertificates, DevicePlacing, KnownCertificate } from '../../domain/registry-ports.ts';
import type { UnclaimedAdmission } from '../../domain/admission/unclaimed-admission.ts';

export interface AdmissionSettler {
  readonly deployment: Deployment;
  readonly placing: DevicePlacing;
  readonly certificates: Pick<DeviceCertificates, 'activate'>;
}

/**
 * Makes AWS IoT be as the table says of a device that was let in. The certificate is activated last: whoever finds it active
 * finds everything done, and until then it opens nothing. All of it may be repeated.
 */
export const settleAdmission = async (
  { deployment, placing, certificates }: AdmissionSettler,
  { enrollment, allocation }: UnclaimedAdmission,
  certificate: Pick<KnownCertificate, 'arn' | 'certificateId'>,
): Promise<void> => {
  await placing.place(placementOf(deployment, enrollment, allocation), certificate);
  await certificates.activate(certificate.certificateId);
};
