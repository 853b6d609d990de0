import * as z from 'zod';
import { AwsError } from '../../aws-error.ts';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import { byAuthority } from '../input-schemas.ts';
import type { PcaDependencies } from '../pca-dependencies.ts';
import type { AuthorityCertificate, PrivateAuthority } from '../private-authority.ts';

/** `Serial` is in decimal (User Guide, "Updating your private CA"). */
const ofCertificate = (certificate: AuthorityCertificate | undefined): object => {
  if (certificate === undefined) return {};
  const { x509, notBefore, notAfter } = certificate.parsed;
  return { Serial: BigInt(`0x${x509.serialNumber}`).toString(), NotBefore: new Date(notBefore), NotAfter: new Date(notAfter) };
};

const shown = ({ account, authorities }: PcaDependencies, authority: PrivateAuthority): object => ({
  Arn: authority.arn,
  OwnerAccount: account.accountId,
  CreatedAt: new Date(authority.createdAtMs),
  LastStateChangeAt: new Date(authority.changedAtMs),
  Type: authority.type,
  Status: authorities.statusOf(authority),
  ...ofCertificate(authority.certificate),
  CertificateAuthorityConfiguration: authority.configuration,
  RevocationConfiguration: authority.revocation,
  ...(authority.deletedUntilMs === undefined ? {} : { RestorableUntil: new Date(authority.deletedUntilMs) }),
  KeyStorageSecurityStandard: authority.keyStorageSecurityStandard,
  UsageMode: authority.usageMode,
});

/** https://docs.aws.amazon.com/privateca/latest/APIReference/API_DescribeCertificateAuthority.html */
export const describeCertificateAuthority =
  (dependencies: PcaDependencies): Operation =>
  (members) => {
    const { CertificateAuthorityArn } = parseInput(byAuthority, members);
    return { CertificateAuthority: shown(dependencies, dependencies.authorities.get(CertificateAuthorityArn)) };
  };

const listInput = z.object({
  MaxResults: z.int().min(1).max(1000).default(1000),
  NextToken: z.string().max(43_739).optional(),
  ResourceOwner: z.enum(['SELF', 'OTHER_ACCOUNTS']).default('SELF'),
});

/** https://docs.aws.amazon.com/privateca/latest/APIReference/API_ListCertificateAuthorities.html; other accounts share none here. */
export const listCertificateAuthorities =
  (dependencies: PcaDependencies): Operation =>
  (members) => {
    const { MaxResults, NextToken, ResourceOwner } = parseInput(listInput, members);
    const all = ResourceOwner === 'SELF' ? dependencies.authorities.list() : [];
    const begin = NextToken === undefined ? 0 : all.findIndex(({ id }) => id === NextToken);
    if (begin < 0) throw new AwsError('InvalidNextTokenException', 'The token is none that this operation answered.');
    const page = all.slice(begin, begin + MaxResults).map((authority) => shown(dependencies, authority));
    return { CertificateAuthorities: page, NextToken: all[begin + MaxResults]?.id };
  };
