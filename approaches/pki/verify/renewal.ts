import { commonNameOf } from '../../../domain/subject-name.ts';
import type { Renewing } from '../../../domain/rotation/renewing.ts';
import { readRenewalOffer } from '../evidence/renewal-offer.ts';
import { readSigningRequest } from './signing-request.ts';

/** By a request for a certificate, in the name of the device and by whoever holds its key. */
export const renewalByCertificate: Extract<Renewing, { by: 'certificate' }> = {
  by: 'certificate',
  judge: ({ enrollment, offer: offered }) => {
    const csrPem = readRenewalOffer(offered);
    if (csrPem === undefined) return 'malformed-request';
    const request = readSigningRequest(csrPem);
    if (typeof request === 'string') return request;
    return request.commonName === commonNameOf(enrollment.serialNumber) ? { key: request.key, csrPem } : 'evidence-refused';
  },
};
