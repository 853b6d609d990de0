import { type KMSClient, SignCommand } from '@aws-sdk/client-kms';
import type { SealSigner } from '../../domain/audit/seal.ts';

/** Signs with a key that never leaves KMS. */
export const createKmsSealSigner = (client: KMSClient, keyId: string): SealSigner => ({
  keyId,
  async sign(Message) {
    const { Signature } = await client.send(new SignCommand({ KeyId: keyId, Message, SigningAlgorithm: 'ECDSA_SHA_256' }));
    if (Signature === undefined) throw new Error('KMS answered without a signature.');
    return Signature;
  },
});
