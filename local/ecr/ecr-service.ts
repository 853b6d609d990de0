import * as z from 'zod';
import type { Account } from '../account.ts';
import { AwsError } from '../aws-error.ts';
import type { Clock } from '../clock.ts';
import type { ResourceProvider } from '../cloudformation/resource-provider.ts';
import type { ApiService } from '../gateway/api-service.ts';
import { awsJsonService } from '../gateway/aws-json.ts';
import type { Operation } from '../gateway/operation.ts';
import { parseInput } from '../gateway/parse-input.ts';
import type { AccessControl } from '../iam/access/access-control.ts';
import { askIam, guardOperations } from '../iam/access/guard-operations.ts';
import { ecrAuthorization } from './authorization.ts';
import type { Repository } from './repository-store.ts';
import { RepositoryStore } from './repository-store.ts';
import { repositoryResource } from './resources/repository-resource.ts';

export interface EcrService {
  readonly api: ApiService;
  readonly resources: readonly ResourceProvider[];
}

const describeInput = z.object({ repositoryNames: z.array(z.string()).optional() });

/** DescribeRepositories. Reads repositories. */
const describeRepositories =
  (store: RepositoryStore, account: Account): Operation =>
  (raw) => {
    const names = parseInput(describeInput, raw).repositoryNames ?? store.list().map(({ repositoryName }) => repositoryName);
    const found = names.map((name): Repository => {
      const repository = store.find(name);
      if (repository !== undefined) return repository;
      const message = `The repository with name '${name}' does not exist in the registry with id '${account.accountId}'`;
      throw new AwsError('RepositoryNotFoundException', message);
    });
    const repositories = found.map((repository) => ({
      repositoryName: repository.repositoryName,
      repositoryArn: repository.arn,
      repositoryUri: repository.uri,
      registryId: account.accountId,
      createdAt: new Date(repository.createdAtMs),
    }));
    return { repositories };
  };

/** ECR as far as the CDK's bootstrap stack and the CLI's look at it go. */
export const createEcrService = (options: {
  readonly account: Account;
  readonly clock: Clock;
  readonly access?: AccessControl | undefined;
}): EcrService => {
  const store = new RepositoryStore(options.account, options.clock);
  const guard = { access: options.access, authorization: ecrAuthorization(options.account) };
  const api = awsJsonService({
    signingNames: ['ecr'],
    targetPrefix: 'AmazonEC2ContainerRegistry_V20150921',
    version: '1.1',
    operations: guardOperations({ DescribeRepositories: describeRepositories(store, options.account) }, guard),
  });
  return { api, resources: [repositoryResource(store, askIam(guard))] };
};
