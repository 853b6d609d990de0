import { createPublicKey, verify } from 'node:crypto';
import {
  CreateKeyCommand,
  DisableKeyCommand,
  EnableKeyRotationCommand,
  EncryptCommand,
  GetPublicKeyCommand,
  KMSClient,
  SignCommand,
  VerifyCommand,
} from '@aws-sdk/client-kms';
import { ManualClock } from '../../local/manual-clock.ts';
import { createKmsService } from '../../local/kms/kms-service.ts';
import { type ServiceEndpoint, serve, testAccount, testStartMs } from '../local/service-endpoint.ts';
import { documented } from './fact.ts';

let endpoint: ServiceEndpoint;
let kms: KMSClient;

beforeAll(async () => {
  endpoint = await serve(createKmsService({ account: testAccount, clock: new ManualClock(testStartMs) }).api);
  kms = new KMSClient({ ...endpoint.config, maxAttempts: 1 });
});
afterAll(async () => {
  kms.destroy();
  await endpoint.stop();
});

const signingKey = async (KeySpec: 'ECC_NIST_P256' | 'ECC_NIST_P384' = 'ECC_NIST_P256'): Promise<string> => {
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({ KeySpec, KeyUsage: 'SIGN_VERIFY' }));
  return KeyMetadata?.KeyId ?? '';
};
const SigningAlgorithm = 'ECDSA_SHA_256';
const Message = Buffer.from('what was sealed');

describe('A key that signs', () => {
  documented('KMS API: Sign, GetPublicKey', 'makes ECDSA signatures in DER that its public key verifies outside of KMS', async () => {
    const KeyId = await signingKey();
    const { Signature = new Uint8Array() } = await kms.send(new SignCommand({ KeyId, Message, SigningAlgorithm }));
    const { PublicKey = new Uint8Array(), ...told } = await kms.send(new GetPublicKeyCommand({ KeyId }));
    const key = createPublicKey({ key: Buffer.from(PublicKey), format: 'der', type: 'spki' });
    expect(key.asymmetricKeyDetails).toMatchObject({ namedCurve: 'prime256v1' });
    expect(verify('sha256', Message, key, Signature)).toBe(true);
    expect(told).toMatchObject({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY', SigningAlgorithms: [SigningAlgorithm] });
  });

  documented('KMS API: Verify', 'answers a wrong signature with an error, never with false', async () => {
    const KeyId = await signingKey();
    const { Signature } = await kms.send(new SignCommand({ KeyId, Message, SigningAlgorithm }));
    expect(await kms.send(new VerifyCommand({ KeyId, Message, Signature, SigningAlgorithm }))).toMatchObject({ SignatureValid: true });
    const another = new VerifyCommand({ KeyId, Message: Buffer.from('another'), Signature, SigningAlgorithm });
    await expect(kms.send(another)).rejects.toMatchObject({ name: 'KMSInvalidSignatureException' });
  });

  documented('KMS API: Sign', 'signs messages of 4,096 bytes at most, by the one algorithm of its curve', async () => {
    const KeyId = await signingKey('ECC_NIST_P384');
    const refused = async (changed: object): Promise<string> =>
      kms.send(new SignCommand({ KeyId, Message, SigningAlgorithm: 'ECDSA_SHA_384', ...changed })).then(
        () => 'signed',
        (error: unknown) => (error instanceof Error ? error.name : ''),
      );
    expect(await refused({})).toBe('signed');
    expect(await refused({ Message: Buffer.alloc(4097) })).toBe('ValidationException');
    expect(await refused({ SigningAlgorithm })).toBe('InvalidKeyUsageException');
    await kms.send(new DisableKeyCommand({ KeyId }));
    expect(await refused({})).toBe('DisabledException');
  });

  documented('KMS API: CreateKey, EnableKeyRotation', 'needs SIGN_VERIFY said, does not rotate and does not encrypt', async () => {
    const unsaid = new CreateKeyCommand({ KeySpec: 'ECC_NIST_P256' });
    await expect(kms.send(unsaid)).rejects.toMatchObject({ name: 'ValidationException' });
    const KeyId = await signingKey();
    await expect(kms.send(new EnableKeyRotationCommand({ KeyId }))).rejects.toMatchObject({ name: 'UnsupportedOperationException' });
    const encrypt = new EncryptCommand({ KeyId, Plaintext: Message });
    await expect(kms.send(encrypt)).rejects.toMatchObject({ name: 'InvalidKeyUsageException' });
  });

  documented('KMS API: GetPublicKey', 'is told apart from a symmetric one, which has no public half', async () => {
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
    const asked = new GetPublicKeyCommand({ KeyId: KeyMetadata?.KeyId });
    await expect(kms.send(asked)).rejects.toMatchObject({ name: 'UnsupportedOperationException' });
  });
});
