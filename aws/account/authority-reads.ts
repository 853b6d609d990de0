import { type ACMPCAClient, DescribeCertificateAuthorityCommand } from '@aws-sdk/client-acm-pca';
import type { AuthorityState } from '../../domain/account-ports.ts';
import { unlessMissing } from './unless-missing.ts';

/** How an authority of AWS Private CA stands; undefined when there is none of that ARN. */
export const readAuthority = async (client: ACMPCAClient, arn: string): Promise<AuthorityState | undefined> => {
  const found = await unlessMissing(client.send(new DescribeCertificateAuthorityCommand({ CertificateAuthorityArn: arn })));
  if (found?.CertificateAuthority === undefined) return undefined;
  const { Status = 'FAILED', UsageMode = 'GENERAL_PURPOSE', NotAfter } = found.CertificateAuthority;
  return { status: Status, mode: UsageMode, expiresAt: NotAfter?.getTime() ?? 0 };
};
