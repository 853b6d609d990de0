import type { Account } from '../account.ts';
import type { Clock } from '../clock.ts';
import type { ResourceProvider } from '../cloudformation/resource-provider.ts';
import type { ApiService } from '../gateway/api-service.ts';
import { awsJsonService } from '../gateway/aws-json.ts';
import type { AccessControl } from '../iam/access/access-control.ts';
import { askIam, guardOperations } from '../iam/access/guard-operations.ts';
import { ssmAuthorization } from './authorization.ts';
import { parameterOperations } from './operations/parameter-operations.ts';
import type { ParameterReader } from './parameter-reader.ts';
import { ParameterStore } from './parameter-store.ts';
import { parameterResource } from './resources/parameter-resource.ts';

export interface SsmService {
  readonly api: ApiService;
  readonly resources: readonly ResourceProvider[];
  readonly parameters: ParameterStore;
  readonly readParameter: ParameterReader;
}

/** Systems Manager, its parameter store alone. */
export const createSsmService = (options: {
  readonly account: Account;
  readonly clock: Clock;
  readonly access?: AccessControl | undefined;
}): SsmService => {
  const parameters = new ParameterStore(options.account, options.clock);
  const guard = { access: options.access, authorization: ssmAuthorization(options.account) };
  const ask = askIam(guard);
  const readParameter: ParameterReader = (name) => {
    ask('GetParameters', { Names: [name] });
    return parameters.find(name);
  };
  const api = awsJsonService({
    signingNames: ['ssm'],
    targetPrefix: 'AmazonSSM',
    version: '1.1',
    operations: guardOperations(parameterOperations(parameters), guard),
  });
  return { api, resources: [parameterResource(parameters, ask)], parameters, readParameter };
};
