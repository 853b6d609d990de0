import { AddPermissionCommand, GetAliasCommand, GetFunctionCommand, GetPolicyCommand } from '@aws-sdk/client-lambda';
import { systemClock } from '../../../local/clock.ts';
import { providerOf, resourceContext } from '../resource-context.ts';
import type { LambdaFixture } from './lambda-fixture.ts';
import { startLambda } from './lambda-fixture.ts';

let lambda: LambdaFixture;

beforeAll(async () => {
  lambda = await startLambda(systemClock);
});

afterAll(() => lambda.stop());

const sourceArn = 'arn:aws:iot:eu-central-1:123456789012:provisioningtemplate/lamp';
const byIot = { payload: { a: 1 }, principal: 'iot.amazonaws.com', sourceArn, sourceAccount: '123456789012' };
const source = 'export const handler = async (event, context) => [event, context.functionVersion]';

const provider = (type: string) => providerOf(lambda.service.resources, `AWS::Lambda::${type}`);

const withAlias = async () => {
  const { physicalId: FunctionName } = await lambda.deploy(source);
  const version = await provider('Version').create({ FunctionName }, resourceContext());
  const properties = { FunctionName, FunctionVersion: version.attributes['Version'], Name: 'live' };
  const alias = await provider('Alias').create(properties, resourceContext());
  return { FunctionName, version, alias, aliasArn: alias.physicalId };
};

describe('a service', () => {
  test('may invoke what the policy of that very alias lets it, and nothing beside it', async () => {
    const { aliasArn, version } = await withAlias();
    const permission = {
      Action: 'lambda:InvokeFunction',
      FunctionName: aliasArn,
      Principal: 'iot.amazonaws.com',
      SourceArn: sourceArn,
      SourceAccount: '123456789012',
    };
    expect(await lambda.service.invoker.invoke({ ...byIot, functionArn: aliasArn })).toEqual({
      outcome: 'refused',
      code: 'AccessDeniedException',
    });
    const state = await provider('Permission').create(permission, resourceContext());
    expect(await lambda.service.invoker.invoke({ ...byIot, functionArn: aliasArn })).toEqual({
      outcome: 'returned',
      payload: [{ a: 1 }, '1'],
    });
    const refused = [
      { ...byIot, functionArn: aliasArn, sourceArn: `${sourceArn}-other` },
      { ...byIot, functionArn: aliasArn, sourceAccount: '999999999999' },
      { ...byIot, functionArn: aliasArn, principal: 'events.amazonaws.com' },
      { payload: {}, principal: 'iot.amazonaws.com', functionArn: aliasArn },
      { ...byIot, functionArn: version.physicalId },
      { ...byIot, functionArn: aliasArn.replace(/:live$/, '') },
    ];
    for (const invocation of refused) {
      expect(await lambda.service.invoker.invoke(invocation)).toEqual({ outcome: 'refused', code: 'AccessDeniedException' });
    }
    await provider('Permission').delete(state, permission, resourceContext());
    await provider('Permission').delete(state, permission, resourceContext());
    expect(await lambda.service.invoker.invoke({ ...byIot, functionArn: aliasArn })).toEqual({
      outcome: 'refused',
      code: 'AccessDeniedException',
    });
  });

  test('is told of a function that is not there', async () => {
    const functionArn = 'arn:aws:lambda:eu-central-1:123456789012:function:nobody';
    expect(await lambda.service.invoker.invoke({ ...byIot, functionArn })).toEqual({
      outcome: 'refused',
      code: 'ResourceNotFoundException',
    });
  });

  test('is told what a function that failed threw', async () => {
    const { physicalId, attributes } = await lambda.deploy('export const handler = async () => { throw new RangeError("no") }');
    const add = new AddPermissionCommand({
      FunctionName: physicalId,
      StatementId: 's',
      Action: 'lambda:InvokeFunction',
      Principal: 'iot.amazonaws.com',
    });
    await lambda.client.send(add);
    const result = await lambda.service.invoker.invoke({ ...byIot, functionArn: String(attributes['Arn']) });
    expect(result).toEqual({ outcome: 'failed', errorType: 'RangeError', errorMessage: 'no' });
  });
});

describe('a policy', () => {
  test('is written as AWS writes it', async () => {
    const { physicalId: FunctionName, attributes } = await lambda.deploy(source);
    const add = {
      FunctionName,
      StatementId: 'iot',
      Action: 'lambda:InvokeFunction',
      Principal: 'iot.amazonaws.com',
      SourceArn: sourceArn,
      SourceAccount: '123456789012',
    };
    await lambda.client.send(new AddPermissionCommand(add));
    const { Policy } = await lambda.client.send(new GetPolicyCommand({ FunctionName }));
    expect(JSON.parse(Policy ?? '')).toEqual({
      Version: '2012-10-17',
      Id: 'default',
      Statement: [
        {
          Sid: 'iot',
          Effect: 'Allow',
          Principal: { Service: 'iot.amazonaws.com' },
          Action: 'lambda:InvokeFunction',
          Resource: attributes['Arn'],
          Condition: { StringEquals: { 'AWS:SourceAccount': '123456789012' }, ArnLike: { 'AWS:SourceArn': sourceArn } },
        },
      ],
    });
    await expect(lambda.client.send(new AddPermissionCommand(add))).rejects.toMatchObject({ name: 'ResourceConflictException' });
  });

  test('names a principal that may be one', async () => {
    const { physicalId: FunctionName } = await lambda.deploy(source);
    const add = { FunctionName, StatementId: 's', Action: 'lambda:InvokeFunction', Principal: 'iot' };
    await expect(lambda.client.send(new AddPermissionCommand(add))).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
  });

  test('of a function without permissions does not exist', async () => {
    const { physicalId: FunctionName } = await lambda.deploy(source);
    await expect(lambda.client.send(new GetPolicyCommand({ FunctionName }))).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });
});

describe('versions and aliases', () => {
  test('an alias leads to its version, which does not change with the function', async () => {
    const { FunctionName, alias } = await withAlias();
    const described = await lambda.client.send(new GetAliasCommand({ FunctionName, Name: 'live' }));
    expect(described).toMatchObject({ AliasArn: alias.physicalId, FunctionVersion: '1' });
    const { Configuration } = await lambda.client.send(new GetFunctionCommand({ FunctionName, Qualifier: 'live' }));
    expect(Configuration?.Version).toBe('1');
  });

  test('publishing again without a change answers the same version', async () => {
    const { FunctionName, version } = await withAlias();
    const again = await provider('Version').create({ FunctionName }, resourceContext());
    expect(again.physicalId).toBe(version.physicalId);
  });

  test('a version that an alias leads to cannot be deleted', async () => {
    const { version, alias, FunctionName } = await withAlias();
    await expect(provider('Version').delete(version, { FunctionName }, resourceContext())).rejects.toThrow('aliases reference it');
    await provider('Alias').delete(alias, { FunctionName, FunctionVersion: '1', Name: 'live' }, resourceContext());
    await provider('Version').delete(version, { FunctionName }, resourceContext());
  });
});
