import { refusalOfState } from '../../domain/admission/device-judgement.ts';
import type { CertificateStates } from '../../domain/device-ports.ts';
import type { Enrollment } from '../../domain/enrollment.ts';
import type { CertificateId } from '../../domain/identifiers.ts';
import type { EnrollmentStore } from '../../domain/ports.ts';
import type { DeviceCertificates, DevicePlacing } from '../../domain/registry-ports.ts';
import { resourceNames } from '../../domain/resource-names.ts';
import type { NewCertificate } from '../../domain/rotation/rotation-ports.ts';
import type { Renewed } from './settle-offer.ts';

export interface CertificateOpener {
  readonly prefix: string;
  readonly store: Pick<EnrollmentStore, 'readMany' | 'replace'>;
  readonly placing: Pick<DevicePlacing, 'bind'>;
  readonly certificates: Pick<DeviceCertificates, 'find' | 'activate'>;
  readonly certificateStates: Pick<CertificateStates, 'deactivate'>;
}

/**
 * Makes a certificate that is on record its device's own, and opens it. All of it may be repeated. `undefined` where there is nothing
 * to tell, since somebody took it out of use.
 * @param issued what was made a moment ago; of anything else AWS IoT is asked how it stands
 */
export const openCertificate = async (
  { prefix, store, placing, certificates, certificateStates }: CertificateOpener,
  { thingName, line }: Enrollment,
  { certificateId, issued }: { readonly certificateId: CertificateId; readonly issued: NewCertificate | undefined },
): Promise<Renewed | undefined> => {
  const certificate = isIdentified(issued) ? { ...issued, status: 'INACTIVE' } : await certificates.find(certificateId);
  if (certificate === undefined || certificate.status === 'REVOKED') return undefined;
  await placing.bind({ thingName, policy: resourceNames(prefix).devicePolicy(line) }, certificate);
  if (certificate.status !== 'ACTIVE') await certificates.activate(certificateId);
  const [now] = await store.readMany([thingName]);
  if (now === undefined || !mayUse(now, certificateId)) {
    // An operator said no, or the device came with another key, while this was under way.
    await certificateStates.deactivate(certificateId);
    return undefined;
  }
  return { outcome: 'given', credential: { certificateId, certificatePem: certificate.certificatePem } };
};

const isIdentified = (issued: NewCertificate | undefined): issued is Required<NewCertificate> => issued?.arn !== undefined;

const mayUse = ({ state, certificates, toRetire }: Enrollment, certificateId: CertificateId): boolean =>
  refusalOfState(state) === undefined && certificates.some(({ id }) => id === certificateId) && !toRetire.includes(certificateId);
