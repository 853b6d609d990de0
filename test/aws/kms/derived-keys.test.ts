import { type AddressInfo, createServer, type Server } from 'node:net';
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { CreateAliasCommand, CreateKeyCommand, DisableKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { createImpatientKmsClient, createKmsDerivedKeys } from '../../../aws/kms/derived-keys.ts';
import { deployPsk } from '../../../approaches/psk/deploy.ts';
import { deployPki } from '../../../approaches/pki/deploy.ts';
import { resourceNames } from '../../../domain/resource-names.ts';
import { DEADLINE_MS } from '../../../lambdas/device-authorizer/judge-connection.ts';
import { aLine } from '../../builders/identifiers.ts';
import { resourcesOfType } from '../../lib/intents.ts';
import { type GuardedAccount, startGuardedAccount, testAccountId } from '../../local/iam/guarded-account.ts';
import { synthesize } from '../../setup/app.ts';

const METER = aLine('meter');
const { masterKey: aliasOf } = resourceNames('muster');
const TAG = 'muster:master-keys-of';

/** The policy of a master key, as it is deployed. */
const keyPolicy = (): string => {
  const configuration = { lines: [{ name: 'meter', approaches: ['psk'] }] };
  const { records } = synthesize({ configuration, approaches: { pki: deployPki, psk: deployPsk } });
  const [key] = resourcesOfType(records, 'AWS::KMS::Key').filter(({ properties }) => properties['KeySpec'] === 'HMAC_256');
  return JSON.stringify(key?.properties['KeyPolicy']).replaceAll(/"AWS":"[^"]*:root"/g, `"AWS":"arn:aws:iam::${testAccountId}:root"`);
};

let account: GuardedAccount;
let keyIds: string[];
beforeAll(async () => {
  account = await startGuardedAccount();
  const kms = new KMSClient(account.config());
  keyIds = [];
  for (const version of [1, 2]) {
    const { KeyMetadata } = await kms.send(
      new CreateKeyCommand({ KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC', Policy: keyPolicy() }),
    );
    const TargetKeyId = KeyMetadata?.KeyId ?? '';
    keyIds.push(TargetKeyId);
    await kms.send(new CreateAliasCommand({ AliasName: aliasOf(METER, version), TargetKeyId }));
  }
});
afterAll(() => account.stop());

let made = 0;
/** KMS for a role with these rights and this tag. */
const kmsOfRole = async ({ tag, actions = ['kms:GenerateMac'], aliases }: { tag?: string; actions?: string[]; aliases?: string[] }) => {
  const RoleName = `role-${(made += 1)}`;
  const iam = new IAMClient(account.config());
  const trust = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: `arn:aws:iam::${testAccountId}:root` } };
  const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [trust] });
  const tags = tag === undefined ? {} : { Tags: [{ Key: TAG, Value: tag }] };
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument, ...tags }));
  const Condition = aliases === undefined ? {} : { Condition: { StringLike: { 'kms:RequestAlias': aliases } } };
  const statement = { Effect: 'Allow', Action: actions, Resource: `arn:aws:kms:us-east-1:${testAccountId}:key/*`, ...Condition };
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'p', PolicyDocument }));
  const caller = await account.user({ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: Role?.Arn });
  const sts = new STSClient(account.config(caller.credentials));
  const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn: Role?.Arn, RoleSessionName: 'session' }));
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {};
  return new KMSClient(account.config({ accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken }));
};

const text = Buffer.from('a device');
const derivation = { line: METER, keyVersion: 1, text };

describe('A key that KMS derives', () => {
  test('has 32 bytes, is the same again, and another of another text and version', async () => {
    const derive = createKmsDerivedKeys(await kmsOfRole({ tag: 'muster', aliases: ['alias/muster-psk-*'] }), aliasOf);
    const key = Buffer.from(await derive(derivation));
    expect(key).toHaveLength(32);
    expect(Buffer.from(await derive(derivation))).toEqual(key);
    expect(Buffer.from(await derive({ ...derivation, text: Buffer.from('another') }))).not.toEqual(key);
    expect(Buffer.from(await derive({ ...derivation, keyVersion: 2 }))).not.toEqual(key);
  });

  test('is not made for who may use every key but carries no tag', async () => {
    const derive = createKmsDerivedKeys(await kmsOfRole({ actions: ['kms:*'] }), aliasOf);
    await expect(derive(derivation)).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  test('is not made for another deployment', async () => {
    const derive = createKmsDerivedKeys(await kmsOfRole({ tag: 'muster-eu' }), aliasOf);
    await expect(derive(derivation)).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  test('is not made for the administrator of the account', async () => {
    const derive = createKmsDerivedKeys(new KMSClient(account.config()), aliasOf);
    await expect(derive(derivation)).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  test('is not made by another alias than those that are allowed, nor by the id of the key', async () => {
    const client = await kmsOfRole({ tag: 'muster', aliases: [aliasOf(METER, 2)] });
    await expect(createKmsDerivedKeys(client, aliasOf)(derivation)).rejects.toMatchObject({ name: 'AccessDeniedException' });
    const byId = createKmsDerivedKeys(client, () => keyIds[1] ?? '');
    await expect(byId(derivation)).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  test('is not made of a master key that there is not, or that was switched off', async () => {
    const derive = createKmsDerivedKeys(await kmsOfRole({ tag: 'muster' }), aliasOf);
    await expect(derive({ ...derivation, keyVersion: 3 })).rejects.toThrow();
    await new KMSClient(account.config()).send(new DisableKeyCommand({ KeyId: keyIds[1] }));
    await expect(derive({ ...derivation, keyVersion: 2 })).rejects.toMatchObject({ name: 'DisabledException' });
  });
});

describe('Where KMS does not answer', () => {
  const saved = { ...process.env };
  let server: Server;
  beforeAll(async () => {
    // Takes every connection and never says a word.
    server = createServer((socket) => socket.on('error', () => undefined).resume());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const keys = { AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b', AWS_REGION: 'eu-west-1' };
    Object.assign(process.env, { ...keys, AWS_ENDPOINT_URL_KMS: `http://127.0.0.1:${port}` });
  });
  afterAll(() => {
    process.env = saved;
    server.close();
  });

  test('an authorizer gives up while there is time for the write that would follow', async () => {
    const startedAt = performance.now();
    await expect(createKmsDerivedKeys(createImpatientKmsClient(), aliasOf)(derivation)).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(performance.now() - startedAt).toBeLessThan(DEADLINE_MS - 900);
  });

  test('what is under way ends at once when it is told to', async () => {
    const abort = new AbortController();
    const deriving = createKmsDerivedKeys(createImpatientKmsClient(), aliasOf)(derivation, abort.signal);
    setTimeout(() => {
      abort.abort();
    }, 20);
    await expect(deriving).rejects.toMatchObject({ name: 'AbortError' });
  });
});
