import type { CreateProvisioningClaimRequest, CreateProvisioningClaimResponse } from '@aws-sdk/client-iot';
import { findProvisioningTemplate } from '../../registry/find.ts';
import type { IotOperation } from '../operation.ts';

/** Makes a temporary claim for one template, good for five minutes (DG:provision-wo-cert, "Provisioning by trusted user"). */
export const createProvisioningClaim: IotOperation<CreateProvisioningClaimRequest, CreateProvisioningClaimResponse> = async (
  { registry, claims },
  input,
) => {
  const { templateName } = findProvisioningTemplate(registry, input.templateName);
  const { claim, keys } = await claims.create(templateName);
  return {
    certificateId: claim.certificateId,
    certificatePem: claim.certificatePem,
    keyPair: { PublicKey: keys.publicKeyPem, PrivateKey: keys.privateKeyPem },
    expiration: new Date(claim.expiresAt),
  };
};
