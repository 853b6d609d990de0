import * as z from 'zod';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import { arn } from '../input-schemas.ts';
import type { PcaDependencies } from '../pca-dependencies.ts';
import { inProgress, invalidArn, notFound } from '../pca-errors.ts';

const input = z.object({ CertificateAuthorityArn: arn, CertificateArn: arn });

/** https://docs.aws.amazon.com/privateca/latest/APIReference/API_GetCertificate.html */
export const getCertificate =
  ({ authorities, clock }: PcaDependencies): Operation =>
  (members) => {
    const { CertificateAuthorityArn, CertificateArn } = parseInput(input, members);
    const states = ['PENDING_CERTIFICATE', 'ACTIVE', 'DISABLED', 'EXPIRED'] as const;
    const authority = authorities.getIn(CertificateAuthorityArn, states);
    const prefix = `${authority.arn}/certificate/`;
    if (!CertificateArn.startsWith(prefix)) throw invalidArn(CertificateArn);
    const issued = authority.issued.get(CertificateArn.slice(prefix.length));
    if (issued === undefined) throw notFound(CertificateArn);
    if (clock.now() < issued.readyAtMs) throw inProgress(CertificateArn);
    return { Certificate: issued.pem, CertificateChain: issued.chainPem === '' ? undefined : issued.chainPem };
  };
