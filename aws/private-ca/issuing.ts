import { X509Certificate } from 'node:crypto';
import type { IoTClient } from '@aws-sdk/client-iot';
import { certificateIdOfDer } from '../../domain/certificate-id.ts';
import type { CertificateTerms } from '../../domain/issuance/certificate-terms.ts';
import { AuthorityError, type CertificateSigning, type IssuedCertificates } from '../../domain/issuance/issuance-ports.ts';
import type { CertificateIssuing } from '../../domain/rotation/rotation-ports.ts';
import { createIotDeviceCertificates } from '../iot/device-certificates.ts';

export interface PrivateCaIssuing {
  readonly signing: CertificateSigning;
  /** Of every line whose devices have certificates. */
  readonly terms: readonly CertificateTerms[];
  readonly client: IoTClient;
  readonly issued: Pick<IssuedCertificates, 'note'>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/**
 * Has the own authority sign where no certificate provider is asked: the control plane of AWS IoT does not ask it. The certificate is
 * registered without its CA, as AWS IoT registers what a provider signed: an account can register a CA in one mode only, and whoever
 * holds a certificate of a registered CA may register himself.
 */
export const createPrivateCaIssuing = ({ signing, terms, client, issued, now }: PrivateCaIssuing): CertificateIssuing => ({
  async issue({ csrPem, line, thingName, requestId }) {
    const ofLine = terms.find((candidate) => candidate.line === line);
    if (ofLine === undefined) throw new AuthorityError(`The own authority issues nothing for the line "${line}".`);
    const certificatePem = await signing.sign({ csrPem, terms: ofLine, requestId });
    const certificateId = certificateIdOfDer(new X509Certificate(certificatePem).raw);
    await issued.note({ certificateId, certificatePem, thingName, issuedAt: now() });
    await createIotDeviceCertificates(client).register(certificatePem);
    return { certificateId, certificatePem };
  },
});
