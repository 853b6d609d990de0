import type { ProvisioningRegistry } from '../provisioning-registry.ts';
import type { Exchange } from './exchange.ts';
import type { OwnershipTokens } from './ownership-tokens.ts';

export interface KeysPorts {
  readonly registry: Pick<ProvisioningRegistry, 'issuePendingKeysAndCertificate'>;
  readonly tokens: OwnershipTokens;
}

/** `$aws/certificates/create/<format>` (DG:fleet-provision-api): the payload is empty, or an empty object as device SDKs send it. */
export const createKeysAndCertificate = ({ registry, tokens }: KeysPorts): Exchange => ({
  operation: 'CreateKeysAndCertificate',
  members: [],
  answer: async ({ connection }) => {
    const { privateKey, ...certificate } = await registry.issuePendingKeysAndCertificate();
    const { certificateId, certificatePem } = certificate;
    const certificateOwnershipToken = tokens.issue(certificate, connection);
    return { certificateId, payload: { certificateId, certificatePem, privateKey, certificateOwnershipToken } };
  },
  describe: () => ({ eventType: 'GetDeviceCredentials' }),
});
