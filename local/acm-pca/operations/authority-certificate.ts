import * as z from 'zod';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import { arn, byAuthority, bytes } from '../input-schemas.ts';
import { readImportedCertificate } from '../imported-certificate.ts';
import type { PcaDependencies } from '../pca-dependencies.ts';
import { invalidState } from '../pca-errors.ts';

/** https://docs.aws.amazon.com/privateca/latest/APIReference/API_GetCertificateAuthorityCsr.html */
export const getCertificateAuthorityCsr =
  ({ authorities }: PcaDependencies): Operation =>
  (members) => {
    const { CertificateAuthorityArn } = parseInput(byAuthority, members);
    const authority = authorities.getIn(CertificateAuthorityArn, ['PENDING_CERTIFICATE', 'ACTIVE', 'DISABLED', 'EXPIRED']);
    return { Csr: authority.request };
  };

/** https://docs.aws.amazon.com/privateca/latest/APIReference/API_GetCertificateAuthorityCertificate.html */
export const getCertificateAuthorityCertificate =
  ({ authorities }: PcaDependencies): Operation =>
  (members) => {
    const authority = authorities.get(parseInput(byAuthority, members).CertificateAuthorityArn);
    const { certificate } = authority;
    if (certificate === undefined || authority.deletedUntilMs !== undefined)
      throw invalidState(`The certificate authority is ${authorities.statusOf(authority)} and has no certificate to show.`);
    return { Certificate: certificate.pem, CertificateChain: certificate.chainPem === '' ? undefined : certificate.chainPem };
  };

/** API reference, ImportCertificateAuthorityCertificate: 32 KB, and 2 MB for the chain. */
const importInput = z.object({ CertificateAuthorityArn: arn, Certificate: bytes(32_768), CertificateChain: bytes(2_097_152).optional() });

/** https://docs.aws.amazon.com/privateca/latest/APIReference/API_ImportCertificateAuthorityCertificate.html */
export const importCertificateAuthorityCertificate =
  ({ authorities, clock, lists }: PcaDependencies): Operation =>
  (members) => {
    const wanted = parseInput(importInput, members);
    const authority = authorities.getIn(wanted.CertificateAuthorityArn, ['PENDING_CERTIFICATE', 'ACTIVE', 'DISABLED', 'EXPIRED']);
    authority.certificate = readImportedCertificate(authority, {
      certificate: wanted.Certificate.toString('utf8'),
      chain: wanted.CertificateChain?.toString('utf8'),
      nowMs: clock.now(),
    });
    authority.changedAtMs = clock.now();
    lists.publish(authority);
    return undefined;
  };
