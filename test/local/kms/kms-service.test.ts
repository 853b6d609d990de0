import { createHmac } from 'node:crypto';
import {
  CancelKeyDeletionCommand,
  CreateAliasCommand,
  CreateKeyCommand,
  DecryptCommand,
  DescribeKeyCommand,
  DisableKeyCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  GenerateMacCommand,
  GetKeyPolicyCommand,
  GetKeyRotationStatusCommand,
  KMSClient,
  ListAliasesCommand,
  ScheduleKeyDeletionCommand,
  VerifyMacCommand,
} from '@aws-sdk/client-kms';
import { createKmsService } from '../../../local/kms/kms-service.ts';
import { ManualClock } from '../../../local/manual-clock.ts';
import { providerOf, resourceContext } from '../resource-context.ts';
import type { ServiceEndpoint } from '../service-endpoint.ts';
import { serve, testAccount, testStartMs } from '../service-endpoint.ts';

const clock = new ManualClock(testStartMs);
const service = createKmsService({ account: testAccount, clock });
let endpoint: ServiceEndpoint;
let kms: KMSClient;

beforeAll(async () => {
  endpoint = await serve(service.api);
  kms = new KMSClient(endpoint.config);
});

afterAll(async () => {
  kms.destroy();
  await endpoint.stop();
});

const newKey = async (members: ConstructorParameters<typeof CreateKeyCommand>[0] = {}): Promise<string> => {
  const { KeyMetadata } = await kms.send(new CreateKeyCommand(members));
  return KeyMetadata?.KeyId ?? '';
};

const hmacKey = (): Promise<string> => newKey({ KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' });
const text = (value: string): Uint8Array => new TextEncoder().encode(value);

describe('a symmetric key', () => {
  test('decrypts what it encrypted, without being named, under the same context only', async () => {
    const KeyId = await newKey();
    const EncryptionContext = { line: 'lamp', serial: 'A-1' };
    const { CiphertextBlob } = await kms.send(new EncryptCommand({ KeyId, Plaintext: text('secret'), EncryptionContext }));
    const decrypted = await kms.send(new DecryptCommand({ CiphertextBlob, EncryptionContext: { serial: 'A-1', line: 'lamp' } }));
    expect(Buffer.from(decrypted.Plaintext ?? []).toString()).toBe('secret');
    expect(decrypted.KeyId).toBe(`arn:aws:kms:eu-central-1:123456789012:key/${KeyId}`);
    await expect(kms.send(new DecryptCommand({ CiphertextBlob }))).rejects.toMatchObject({ name: 'InvalidCiphertextException' });
  });

  test('refuses to decrypt in the name of another key', async () => {
    const { CiphertextBlob } = await kms.send(new EncryptCommand({ KeyId: await newKey(), Plaintext: text('x') }));
    const wrong = new DecryptCommand({ CiphertextBlob, KeyId: await newKey() });
    await expect(kms.send(wrong)).rejects.toMatchObject({ name: 'IncorrectKeyException' });
  });

  test('gives data keys in plain and encrypted', async () => {
    const { Plaintext, CiphertextBlob } = await kms.send(new GenerateDataKeyCommand({ KeyId: await newKey(), KeySpec: 'AES_256' }));
    const decrypted = await kms.send(new DecryptCommand({ CiphertextBlob }));
    expect(Plaintext).toHaveLength(32);
    expect(Buffer.from(decrypted.Plaintext ?? [])).toEqual(Buffer.from(Plaintext ?? []));
  });

  test('makes no MACs', async () => {
    const mac = new GenerateMacCommand({ KeyId: await newKey(), Message: text('m'), MacAlgorithm: 'HMAC_SHA_256' });
    await expect(kms.send(mac)).rejects.toMatchObject({ name: 'InvalidKeyUsageException' });
  });
});

describe('an HMAC key', () => {
  test.each(['HMAC_224', 'HMAC_256', 'HMAC_384', 'HMAC_512'] as const)('%s makes MACs that it verifies', async (KeySpec) => {
    const KeyId = await newKey({ KeySpec, KeyUsage: 'GENERATE_VERIFY_MAC' });
    const MacAlgorithm = `HMAC_SHA_${KeySpec.slice(5)}` as 'HMAC_SHA_256';
    const { Mac } = await kms.send(new GenerateMacCommand({ KeyId, Message: text('m'), MacAlgorithm }));
    expect(Mac).toHaveLength(Number(KeySpec.slice(5)) / 8);
    expect(createHmac('sha256', 'another key').update('m').digest()).not.toEqual(Buffer.from(Mac ?? []));
    await expect(kms.send(new VerifyMacCommand({ KeyId, Message: text('m'), MacAlgorithm, Mac }))).resolves.toMatchObject({
      MacValid: true,
    });
  });

  test('answers a wrong MAC with an error, never with false', async () => {
    const wrong = new VerifyMacCommand({
      KeyId: await hmacKey(),
      Message: text('m'),
      MacAlgorithm: 'HMAC_SHA_256',
      Mac: new Uint8Array(32),
    });
    await expect(kms.send(wrong)).rejects.toMatchObject({ name: 'KMSInvalidMacException' });
  });

  test('refuses an algorithm of another length, a long message and encryption', async () => {
    const KeyId = await hmacKey();
    const other = new GenerateMacCommand({ KeyId, Message: text('m'), MacAlgorithm: 'HMAC_SHA_512' });
    await expect(kms.send(other)).rejects.toMatchObject({ name: 'InvalidKeyUsageException' });
    const long = new GenerateMacCommand({ KeyId, Message: new Uint8Array(4097), MacAlgorithm: 'HMAC_SHA_256' });
    await expect(kms.send(long)).rejects.toMatchObject({ name: 'ValidationException' });
    await expect(kms.send(new EncryptCommand({ KeyId, Plaintext: text('x') }))).rejects.toMatchObject({ name: 'InvalidKeyUsageException' });
  });

  test('says of a dry run that it would have succeeded', async () => {
    const dry = new GenerateMacCommand({ KeyId: await hmacKey(), Message: text('m'), MacAlgorithm: 'HMAC_SHA_256', DryRun: true });
    await expect(kms.send(dry)).rejects.toMatchObject({ name: 'DryRunOperationException' });
  });
});

describe('the state of a key', () => {
  test('is respected: a disabled one does nothing', async () => {
    const KeyId = await newKey();
    await kms.send(new DisableKeyCommand({ KeyId }));
    await expect(kms.send(new EncryptCommand({ KeyId, Plaintext: text('x') }))).rejects.toMatchObject({ name: 'DisabledException' });
  });

  test('pending deletion: unusable, recoverable as disabled, gone after the window', async () => {
    const KeyId = await newKey();
    const { CiphertextBlob } = await kms.send(new EncryptCommand({ KeyId, Plaintext: text('x') }));
    await kms.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 }));
    await expect(kms.send(new DecryptCommand({ CiphertextBlob }))).rejects.toMatchObject({ name: 'KMSInvalidStateException' });
    await kms.send(new CancelKeyDeletionCommand({ KeyId }));
    await expect(kms.send(new DescribeKeyCommand({ KeyId }))).resolves.toMatchObject({ KeyMetadata: { KeyState: 'Disabled' } });
    await kms.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 }));
    clock.advance(7 * 86_400_000);
    await expect(kms.send(new DescribeKeyCommand({ KeyId }))).rejects.toMatchObject({ name: 'NotFoundException' });
  });

  test('a window under a week is refused', async () => {
    const command = new ScheduleKeyDeletionCommand({ KeyId: await newKey(), PendingWindowInDays: 6 });
    await expect(kms.send(command)).rejects.toMatchObject({ name: 'ValidationException' });
  });
});

describe('aliases and policies', () => {
  test('an alias names a key, once', async () => {
    const TargetKeyId = await newKey();
    await kms.send(new CreateAliasCommand({ AliasName: 'alias/muster-test', TargetKeyId }));
    await expect(kms.send(new EncryptCommand({ KeyId: 'alias/muster-test', Plaintext: text('x') }))).resolves.toMatchObject({
      KeyId: `arn:aws:kms:eu-central-1:123456789012:key/${TargetKeyId}`,
    });
    const again = new CreateAliasCommand({ AliasName: 'alias/muster-test', TargetKeyId });
    await expect(kms.send(again)).rejects.toMatchObject({ name: 'AlreadyExistsException' });
    const { Aliases } = await kms.send(new ListAliasesCommand({ KeyId: TargetKeyId }));
    expect(Aliases?.map((alias) => alias.AliasName)).toEqual(['alias/muster-test']);
  });

  test('a reserved alias is refused', async () => {
    const command = new CreateAliasCommand({ AliasName: 'alias/aws/mine', TargetKeyId: await newKey() });
    await expect(kms.send(command)).rejects.toMatchObject({ name: 'ValidationException' });
  });

  test.each([
    ['no JSON', '{'],
    ['no principal', '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"kms:*","Resource":"*"}]}'],
    ['nobody left to change it', '{"Statement":[{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"kms:Encrypt","Resource":"*"}]}'],
  ])('a key policy with %s is refused', async (_, Policy) => {
    await expect(kms.send(new CreateKeyCommand({ Policy }))).rejects.toMatchObject({ name: 'MalformedPolicyDocumentException' });
  });
});

describe('CloudFormation', () => {
  const keys = providerOf(service.resources, 'AWS::KMS::Key');
  const aliases = providerOf(service.resources, 'AWS::KMS::Alias');
  const KeyPolicy = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::123456789012:root' }, Action: 'kms:*', Resource: '*' }],
  };

  test('makes, changes and schedules the deletion of a key', async () => {
    const first = {
      KeyPolicy,
      EnableKeyRotation: 'true',
      RotationPeriodInDays: 180,
      PendingWindowInDays: 7,
      Tags: [{ Key: 'a', Value: '1' }],
    };
    const state = await keys.create(first, resourceContext());
    const KeyId = state.physicalId;
    expect(state.attributes['Arn']).toBe(`arn:aws:kms:eu-central-1:123456789012:key/${KeyId}`);
    const rotation = { KeyRotationEnabled: true, RotationPeriodInDays: 180 };
    await expect(kms.send(new GetKeyRotationStatusCommand({ KeyId }))).resolves.toMatchObject(rotation);
    const second = { KeyPolicy, Description: 'changed', PendingWindowInDays: 7 };
    await keys.update(state, { from: first, to: second }, resourceContext());
    await expect(kms.send(new DescribeKeyCommand({ KeyId }))).resolves.toMatchObject({ KeyMetadata: { Description: 'changed' } });
    const { Policy } = await kms.send(new GetKeyPolicyCommand({ KeyId }));
    expect(JSON.parse(Policy ?? '')).toEqual(KeyPolicy);
    await keys.delete(state, second, resourceContext());
    await keys.delete(state, second, resourceContext());
    await expect(kms.send(new DescribeKeyCommand({ KeyId }))).resolves.toMatchObject({ KeyMetadata: { KeyState: 'PendingDeletion' } });
  });

  test('makes and removes an alias', async () => {
    const TargetKeyId = await newKey();
    const properties = { AliasName: 'alias/from-stack', TargetKeyId };
    const state = await aliases.create(properties, resourceContext());
    expect(state.physicalId).toBe('alias/from-stack');
    await aliases.delete(state, properties, resourceContext());
    await aliases.delete(state, properties, resourceContext());
    await expect(kms.send(new DescribeKeyCommand({ KeyId: 'alias/from-stack' }))).rejects.toMatchObject({ name: 'NotFoundException' });
  });

  test('makes an HMAC key, which has no rotation and which its alias stands for', async () => {
    const properties = { KeyPolicy, KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' };
    const { physicalId: TargetKeyId } = await keys.create(properties, resourceContext());
    await aliases.create({ AliasName: 'alias/hmac-from-stack', TargetKeyId }, resourceContext());
    const mac = { KeyId: 'alias/hmac-from-stack', Message: text('m'), MacAlgorithm: 'HMAC_SHA_256' } as const;
    const { Mac, KeyId } = await kms.send(new GenerateMacCommand(mac));
    expect([Mac?.length, KeyId]).toEqual([32, `arn:aws:kms:eu-central-1:123456789012:key/${TargetKeyId}`]);
    const unlike = keys.create({ KeyPolicy, KeySpec: 'HMAC_256' }, resourceContext());
    await expect(unlike).rejects.toMatchObject({ code: 'ValidationException' });
    const rotating = keys.create({ ...properties, EnableKeyRotation: true }, resourceContext());
    await expect(rotating).rejects.toMatchObject({ code: 'UnsupportedOperationException' });
  });

  test('refuses a property that the type does not have, by name', async () => {
    await expect(keys.create({ KeyPolicy, Colour: 'red' }, resourceContext())).rejects.toThrow('Encountered unsupported property Colour');
  });
});
