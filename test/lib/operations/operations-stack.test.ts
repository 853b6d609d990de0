import { Match } from 'aws-cdk-lib/assertions';
import { synthesize } from '../../setup/app.ts';
import { resourcesOfType } from '../intents.ts';

const { onboarding, operations } = synthesize({
  configuration: {
    lines: [{ name: 'pump', triggers: { refusedPublishes: 'alarm' } }, { name: 'valve' }],
    operators: { factory: [{ name: 'plant-7', lines: ['valve'] }], support: [{ name: 'desk', tenants: ['acme'] }] },
  },
});

const scopes = ['factory', 'support', 'operator', 'security', 'auditor', 'plant-7', 'desk'];

interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

const statementsOf = (scope: string): readonly Statement[] => {
  const found = resourcesOfType(operations, 'AWS::IAM::ManagedPolicy').find(
    ({ properties }) => properties['ManagedPolicyName'] === `muster-${scope}`,
  );
  return (found?.properties['PolicyDocument'] as { Statement: readonly Statement[] }).Statement;
};

/** The partition keys that a statement is limited to. */
const leadingKeysOf = (condition: unknown): readonly string[] =>
  Object.values((condition ?? {}) as Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>).flatMap((tests) =>
    Object.values(tests).flat(),
  );

const aliasIdOf = (scope: string): string =>
  resourcesOfType(operations, 'AWS::Lambda::Alias').find(({ properties }) => properties['Name'] === scope)?.logicalId ?? '';

describe('The operations stack', () => {
  test.each(scopes)('opens the scope "%s" by an alias with a URL of its own, which asks IAM', (scope) => {
    operations.hasResource('AWS::Lambda::Url', {
      Properties: { AuthType: 'AWS_IAM', Qualifier: scope },
      DependsOn: Match.anyValue(),
    });
    expect(Object.keys(operations.findOutputs('*')).filter((key) => key.startsWith('OperationsUrl'))).toHaveLength(scopes.length);
  });

  test('lets nobody in by itself: no resource policy names anybody', () => {
    const functions = resourcesOfType(operations, 'AWS::Lambda::Permission').map(({ properties }) =>
      JSON.stringify(properties['FunctionName']),
    );
    // The sweep of claims and reconciliation, which EventBridge starts.
    expect(functions).toEqual([expect.stringContaining('ClaimsSweep'), expect.stringContaining('Reconciliation')]);
  });

  test.each(scopes)('gives "%s" its own way in and no other', (scope) => {
    const ways = statementsOf(scope).filter(({ Action }) => String(Action).startsWith('lambda:'));
    expect(ways).toEqual([
      {
        Effect: 'Allow',
        Action: 'lambda:InvokeFunctionUrl',
        Resource: `<${aliasIdOf(scope)}>`,
        Condition: { StringEquals: { 'lambda:FunctionUrlAuthType': 'AWS_IAM' } },
      },
      {
        Effect: 'Allow',
        Action: 'lambda:InvokeFunction',
        Resource: `<${aliasIdOf(scope)}>`,
        Condition: { Bool: { 'lambda:InvokedViaFunctionUrl': 'true' } },
      },
    ]);
  });

  test.each(scopes)(
    'gives "%s" nothing else but to find the deployment, to make claims where that is their work, and to read history where they see the audit log',
    (scope) => {
      const actions = statementsOf(scope).flatMap(({ Action }) => Action);
      const base = ['lambda:InvokeFunctionUrl', 'lambda:InvokeFunction', 'cloudformation:DescribeStacks'];
      const makesClaims = ['factory', 'operator', 'plant-7'].includes(scope);
      const readsHistory = ['operator', 'security', 'auditor'].includes(scope);
      expect(actions).toEqual([
        ...base,
        ...(makesClaims ? ['iot:DescribeEndpoint', 'iot:CreateProvisioningClaim'] : []),
        ...(readsHistory ? ['s3:ListBucketVersions', 's3:GetObjectVersion', 'kms:Decrypt', 'kms:GetPublicKey'] : []),
      ]);
    },
  );

  test('lets a factory of one line ask for claims of that line alone', () => {
    const resourceOf = (scope: string) =>
      JSON.stringify(statementsOf(scope).find(({ Action }) => Action === 'iot:CreateProvisioningClaim')?.Resource);
    expect(resourceOf('plant-7')).toContain('provisioningtemplate/muster-valve');
    expect(resourceOf('plant-7')).not.toContain('muster-pump');
    expect(resourceOf('factory')).toContain('muster-pump');
  });

  test('deletes no enrollment and no claim', () => {
    const statements = resourcesOfType(operations, 'AWS::IAM::Policy').flatMap(
      ({ properties }) => (properties['PolicyDocument'] as { Statement: readonly Statement[] }).Statement,
    );
    const deletions = statements.filter(({ Action }) => [Action].flat().includes('dynamodb:DeleteItem'));
    const keys = deletions.flatMap(({ Condition }) => leadingKeysOf(Condition));
    expect(keys.toSorted()).toEqual(['manufacturers', 'proposal#*']);
  });
});

describe('States', () => {
  const writes = new Set(['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem', 'dynamodb:BatchWriteItem']);

  const writers = [onboarding, operations].flatMap((template) =>
    resourcesOfType(template, 'AWS::IAM::Policy').flatMap(({ logicalId, properties }) =>
      (properties['PolicyDocument'] as { Statement: readonly Statement[] }).Statement.filter(({ Action }) =>
        [...(typeof Action === 'string' ? [Action] : Action)].some((action) => writes.has(action)),
      ).map(({ Condition }) => ({ logicalId, isLimited: Condition !== undefined, keys: leadingKeysOf(Condition) })),
    ),
  );

  test('are written by the hook, the activation, just-in-time registration, reconciliation, the watches and the operations function, and by no other role', () => {
    const writing = writers
      .filter(({ isLimited, keys }) => !isLimited || keys.includes('enrollment#*'))
      .map(({ logicalId }) => logicalId.replace(/FunctionRole.*$/, ''));
    expect([...new Set(writing)].toSorted()).toEqual([
      'Activation',
      'CloneWatch',
      'Operations',
      'Reconciliation',
      'RefusalWatch',
      'pkiHook',
      'pkiJustInTimeRegistration',
    ]);
    // The others reach partitions that hold no enrollment.
    const harmless = [
      'claims',
      'claim#*',
      'proposal#*',
      'manufacturers',
      'announcement#*',
      'reconciliation',
      'take-overs#*',
      'refused-publishes#*',
    ];
    expect(new Set(writers.flatMap(({ keys }) => keys).filter((key) => !harmless.includes(key)))).toEqual(new Set(['enrollment#*']));
  });

  test('are out of reach of every managed policy', () => {
    for (const scope of scopes) expect(JSON.stringify(statementsOf(scope))).not.toContain('dynamodb:');
  });
});
