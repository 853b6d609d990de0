import { expiryIn } from '../../approaches/pki/evidence/expiry.ts';
import type { Enrollment } from '../../domain/enrollment.ts';
import type { CertificateId } from '../../domain/identifiers.ts';
import type { CertificateRetirement } from '../../domain/ports.ts';
import { judgeCertificateRenewal } from '../../domain/rotation/judge-renewal.ts';
import { withOfferedCertificate } from '../../domain/rotation/offer.ts';
import type { Renewing, WantedCertificate } from '../../domain/rotation/renewing.ts';
import type { CertificateIssuing, NewCertificate } from '../../domain/rotation/rotation-ports.ts';
import { type CertificateOpener, openCertificate } from './open-certificate.ts';
import type { Ask } from './read-ask.ts';
import { type Renewed, type Renewer, settleOffer } from './settle-offer.ts';

export interface CertificateRenewer extends Renewer, CertificateOpener {
  readonly issuing: CertificateIssuing;
  readonly retirement: CertificateRetirement;
  /** The lines whose devices may keep their keys. */
  readonly sameKeyLines: readonly string[];
}

export interface Call {
  readonly ask: Ask;
  /** Of the invocation. */
  readonly requestId: string;
  /** As it was read for this question. */
  readonly found: Enrollment;
}

/**
 * Gives a device a certificate for its next key: issued, put on record, attached, activated and told, in this order. Whoever asks
 * again for the same key finds what was done, and the rest is done then.
 */
export const renewCertificate = async (
  renewer: CertificateRenewer,
  { judge }: Extract<Renewing, { by: 'certificate' }>,
  { ask, requestId, found: read }: Call,
): Promise<Renewed | undefined> => {
  let issued: NewCertificate | undefined;
  let offered: CertificateId | undefined;
  const found = await settleOffer(renewer, { ...ask, found: read }, async (enrollment, at) => {
    const wanted = judge({ enrollment, offer: ask.offer });
    if (typeof wanted === 'string') return wanted;
    const sameKey = renewer.sameKeyLines.includes(enrollment.line);
    const judgement = judgeCertificateRenewal(enrollment, wanted.key, { sameKey });
    if (judgement.ruling === 'refuse') return judgement.reason;
    if (judgement.ruling === 'again') {
      offered = judgement.certificate.id;
      return 'offered';
    }
    const { line, thingName } = enrollment;
    issued ??= await renewer.issuing.issue({ csrPem: wanted.csrPem, line, thingName, requestId });
    offered = issued.certificateId;
    return { next: withOfferedCertificate(enrollment, onRecord(issued, wanted, at), { id: renewer.newId(), at }) };
  });
  const isOffered = found?.outcome === 'offered';
  const isNew = isOffered && issued?.certificateId === offered;
  // Who lost a race against the same device has one that is on nobody's record.
  if (issued !== undefined && !isNew) await renewer.retirement.retire(issued.certificateId, ask.thing);
  if (!isOffered) return found;
  return offered && openCertificate(renewer, found.enrollment, { certificateId: offered, issued: isNew ? issued : undefined });
};

const onRecord = ({ certificateId: id, certificatePem }: NewCertificate, { key }: WantedCertificate, at: number) => ({
  ...{ id, key, issuedAt: at },
  ...expiryIn(certificatePem),
});
