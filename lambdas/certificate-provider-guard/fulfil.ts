import * as z from 'zod/mini';
import type { CertificateProviders } from '../../domain/issuance/certificate-providers.ts';
import type { Fulfil } from '../custom-resource/create-handler.ts';

const guarded = z.object({ ProviderName: z.string().check(z.minLength(1)) });

/** The account has a certificate provider that is not ours. */
export class ForeignProviderError extends Error {
  override readonly name = 'ForeignProviderError';
  readonly code = 'ERR_FOREIGN_PROVIDER';

  constructor(names: readonly string[]) {
    super(
      `This account and region have the certificate provider ${names.map((name) => `"${name}"`).join(', ')} of somebody else, and AWS IoT allows one. It stays as it is. Have it removed, deploy to an account of your own, or remove certificateAuthority from the configuration.`,
    );
  }
}

/**
 * Stands before the certificate provider of a stack: it is made only where nobody else has one. What stood there before is never
 * replaced, so there is nothing to put back.
 */
export const fulfilWith =
  (providers: CertificateProviders): Fulfil =>
  async ({ RequestType, PhysicalResourceId, ResourceProperties }) => {
    if (RequestType === 'Delete') return { physicalId: PhysicalResourceId ?? '' };
    const { ProviderName } = z.parse(guarded, ResourceProperties);
    const others = (await providers.list()).filter((name) => name !== ProviderName);
    if (others.length > 0) throw new ForeignProviderError(others);
    return { physicalId: `${ProviderName} alone` };
  };
