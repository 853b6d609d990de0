import * as z from 'zod';
import { AwsError } from '../../aws-error.ts';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import { arn } from '../input-schemas.ts';
import type { PcaDependencies } from '../pca-dependencies.ts';
import { inProgress, invalidRequest, notFound } from '../pca-errors.ts';
import { revocationReasons } from '../revocation/revocation-list.ts';

const input = z.object({
  CertificateAuthorityArn: arn,
  CertificateSerial: z
    .string()
    .max(128)
    .regex(/^(0x|0X)?[0-9a-fA-F]{2}(:?[0-9a-fA-F]{2})*$/, 'must be hexadecimal'),
  RevocationReason: z.enum(Object.keys(revocationReasons)),
});

/** https://docs.aws.amazon.com/privateca/latest/APIReference/API_RevokeCertificate.html: the list tells of it later. */
export const revokeCertificate =
  ({ authorities, clock, lists }: PcaDependencies): Operation =>
  (members) => {
    const { CertificateAuthorityArn, CertificateSerial, RevocationReason } = parseInput(input, members);
    const authority = authorities.getIn(CertificateAuthorityArn, ['ACTIVE', 'DISABLED', 'EXPIRED']);
    const issued = authority.issued.get(CertificateSerial.replace(/^0x/i, '').replaceAll(':', '').toLowerCase());
    if (issued === undefined) throw notFound(`a certificate with the serial number ${CertificateSerial}`);
    if (issued.isSelfSigned) throw invalidRequest('A self-signed certificate of a root CA cannot be revoked.');
    if (clock.now() < issued.readyAtMs) throw inProgress(issued.arn);
    if (issued.revocation !== undefined) throw new AwsError('RequestAlreadyProcessedException', 'The certificate is revoked already.');
    issued.revocation = { reason: RevocationReason, atMs: clock.now() };
    lists.publishLater(authority);
    return undefined;
  };
