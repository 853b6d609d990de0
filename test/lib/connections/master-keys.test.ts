import { deployPki } from '../../../approaches/pki/deploy.ts';
import { deployPsk } from '../../../approaches/psk/deploy.ts';
import { synthesize } from '../../setup/app.ts';
import { resourcesOfType } from '../intents.ts';

const lines = [{ name: 'sensor' }, { name: 'meter', approaches: ['psk'] }, { name: 'valve', approaches: ['psk'] }];
const build = (psk: unknown = {}) =>
  synthesize({ configuration: { lines, approaches: { psk } }, approaches: { pki: deployPki, psk: deployPsk } });

const aliasesIn = (template: ReturnType<typeof build>['records']) =>
  resourcesOfType(template, 'AWS::KMS::Alias')
    .map(({ properties }) => properties['AliasName'])
    .sort();

const masterKeysIn = (template: ReturnType<typeof build>['records']) =>
  resourcesOfType(template, 'AWS::KMS::Key').filter(({ properties }) => properties['KeySpec'] === 'HMAC_256');

interface Statement {
  readonly Action: string | readonly string[];
  readonly Condition?: unknown;
}

const { records, onboarding, operations } = build({ lines: { meter: { keyVersions: [1, 2] } } });

describe('Master keys', () => {
  test('are one for each line and live version, by aliases of their own', () => {
    expect(aliasesIn(records)).toEqual(['alias/muster-psk-meter-1', 'alias/muster-psk-meter-2', 'alias/muster-psk-valve-1']);
    expect(masterKeysIn(records)).toHaveLength(3);
  });

  test('outlive the stacks, unless nothing is to be kept', () => {
    const policies = (template: object) =>
      Object.values(template as Readonly<Record<string, { readonly DeletionPolicy: string }>>).map((one) => one.DeletionPolicy);
    const ofHmac = { Properties: { KeySpec: 'HMAC_256' } };
    expect(policies(records.findResources('AWS::KMS::Key', ofHmac))).toEqual(['Retain', 'Retain', 'Retain']);
    const ephemeral = synthesize({
      configuration: { lines },
      approaches: { pki: deployPki, psk: deployPsk },
      context: { 'muster:ephemeral': true },
    });
    expect(policies(ephemeral.records.findResources('AWS::KMS::Key', ofHmac))).toEqual(['Delete', 'Delete']);
  });

  test('of other lines stay what they are when a line takes another', () => {
    const before = build();
    const ofValve = (template: typeof records) =>
      masterKeysIn(template).filter(({ properties }) => String(properties['Description']).includes('valve'));
    expect(ofValve(records)).toEqual(ofValve(before.records));
    expect(ofValve(records)).toHaveLength(1);
  });

  test('make MACs for tagged roles, and are neither granted nor exported to anybody', () => {
    for (const { properties } of masterKeysIn(records)) {
      const { Statement: statements } = properties['KeyPolicy'] as { readonly Statement: readonly Statement[] };
      const actions = statements.flatMap(({ Action }) => Action);
      expect(actions.filter((action) => /\*|Grant$|Decrypt|Encrypt|VerifyMac|GetParameters|Replicate/.test(action))).toEqual([]);
      expect(statements.filter(({ Action }) => Action === 'kms:GenerateMac')).toEqual([
        expect.objectContaining({ Condition: { StringEquals: { 'aws:PrincipalTag/muster:master-keys-of': 'muster' } } }),
      ]);
    }
  });
});

const tagged = (template: typeof onboarding) =>
  resourcesOfType(template, 'AWS::IAM::Role')
    .filter(({ properties }) => JSON.stringify(properties['Tags'] ?? '').includes('muster:master-keys-of'))
    .map(({ logicalId }) => logicalId);

const macStatements = (template: typeof onboarding) =>
  resourcesOfType(template, 'AWS::IAM::Policy').flatMap(({ properties }) =>
    (properties['PolicyDocument'] as { readonly Statement: readonly Statement[] }).Statement.filter(({ Action }) =>
      [Action].flat().includes('kms:GenerateMac'),
    ),
  );

describe('Whoever derives keys', () => {
  test('is the authorizer, by the aliases of live keys alone', () => {
    expect(tagged(onboarding)).toEqual([expect.stringMatching(/^pskAuthorizer/)]);
    expect(macStatements(onboarding)).toMatchObject([
      {
        Action: 'kms:GenerateMac',
        Condition: {
          StringLike: { 'kms:RequestAlias': ['alias/muster-psk-meter-1', 'alias/muster-psk-meter-2', 'alias/muster-psk-valve-1'] },
        },
      },
    ]);
  });

  test('is the operations function, by the aliases of this deployment', () => {
    expect(tagged(operations)).toEqual([expect.stringMatching(/^OperationsFunction/)]);
    expect(macStatements(operations)).toMatchObject([{ Condition: { StringLike: { 'kms:RequestAlias': ['alias/muster-psk-*'] } } }]);
  });
});

test('Nobody needs a key for PSK where no line uses it', () => {
  const without = synthesize({ approaches: { pki: deployPki, psk: deployPsk } });
  expect(masterKeysIn(without.records)).toEqual([]);
  expect(resourcesOfType(without.onboarding, 'AWS::IoT::Authorizer')).toEqual([]);
});
