import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { readStackOutputs } from '../../aws/cloudformation/read-stack.ts';
import { readConfiguration } from '../../cli/read-configuration.ts';
import { operationsUrlOutput } from '../../domain/operations-outputs.ts';
import { type OperatorRole, operatorRoles } from '../../domain/operator-scope.ts';
import { stackNames } from '../../domain/stack-names.ts';
import { documentedRoles } from '../builders/documented-roles.ts';
import { signedFetch } from '../builders/signed-fetch.ts';
import { type TestPrincipal, aUser } from './drivers/principals.ts';
import { useSharedEnvironment } from './environment/shared-environment.ts';

const shared = useSharedEnvironment();
const people = new Map<OperatorRole, TestPrincipal>();
let urls: ReadonlyMap<string, string>;

beforeAll(async () => {
  const configuration = await readConfiguration(process.env);
  const cloudFormation = new CloudFormationClient();
  urls = await readStackOutputs(cloudFormation, stackNames(configuration.prefix).operations);
  cloudFormation.destroy();
  for (const role of operatorRoles) people.set(role, await aUser({ shared, configuration }, role));
});

/** What becomes of an operation that is asked for with nothing: refused for the role before anything is read, or for the input after. */
const ask = async (role: OperatorRole, operation: string, scope: string = role): Promise<{ status: number; code: unknown }> => {
  const credentials = people.get(role)?.credentials ?? { accessKeyId: '', secretAccessKey: '' };
  const signing = { service: 'lambda', region: shared.account.region, credentials };
  const body = JSON.stringify({ operation, input: { '': '' } });
  const response = await signedFetch(urls.get(operationsUrlOutput(scope)) ?? '', signing, { method: 'POST', body });
  const answer = (await response.json()) as { readonly error?: { readonly code?: unknown } };
  return { status: response.status, code: answer.error?.code };
};

describe.each(operatorRoles)('Somebody with the managed policy of the role "%s"', (role) => {
  test.each(documentedRoles)('asks for $operation as documented: $roles', async ({ operation, roles }) => {
    const expected = roles.includes(role) ? { status: 400, code: 'ERR_INPUT' } : { status: 403, code: 'ERR_NOT_ALLOWED' };
    expect(await ask(role, operation)).toEqual(expected);
  });

  test.each(operatorRoles.filter((other) => other !== role))('does not get as far as that as "%s": IAM refuses', async (other) => {
    expect(await ask(role, 'devices.show', other)).toEqual({ status: 403, code: undefined });
  });
});
