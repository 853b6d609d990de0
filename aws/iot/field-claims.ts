import { CreateProvisioningClaimCommand, IoTClient } from '@aws-sdk/client-iot';
import * as z from 'zod/mini';
import type { FieldClaims } from '../../domain/claim/claim-ports.ts';
import { certificateId } from '../../domain/identifiers.ts';

const created = z.object({ certificateId, certificatePem: z.string(), keyPair: z.object({ PrivateKey: z.string() }) });

/** Claims of technicians, with the credentials in use. */
export const createIotFieldClaims = (client = new IoTClient()): FieldClaims => ({
  async create(templateName) {
    const answer = await client.send(new CreateProvisioningClaimCommand({ templateName }));
    const { certificateId: id, certificatePem, keyPair } = z.parse(created, answer);
    return { certificateId: id, certificatePem, privateKeyPem: keyPair.PrivateKey };
  },
});
