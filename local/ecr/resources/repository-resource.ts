import * as z from 'zod';
import { parseProperties } from '../../cloudformation/property-types.ts';
import type { ResourceProvider, ResourceState } from '../../cloudformation/resource-provider.ts';
import { synchronousProvider } from '../../cloudformation/synchronous-provider.ts';
import type { AskIam } from '../../iam/access/guard-operations.ts';
import type { Repository, RepositoryStore } from '../repository-store.ts';

const type = 'AWS::ECR::Repository';

const schema = z.strictObject({
  RepositoryName: z.string().optional(),
  EmptyOnDelete: z.boolean().optional(),
  EncryptionConfiguration: z.unknown().optional(),
  ImageScanningConfiguration: z.unknown().optional(),
  ImageTagMutability: z.enum(['MUTABLE', 'IMMUTABLE']).optional(),
  LifecyclePolicy: z.unknown().optional(),
  RepositoryPolicyText: z.unknown().optional(),
  Tags: z.unknown().optional(),
});

const stateOf = (repository: Repository): ResourceState => ({
  physicalId: repository.repositoryName,
  attributes: { Arn: repository.arn, RepositoryUri: repository.uri },
});

/** `AWS::ECR::Repository`, for the sake of the CDK's bootstrap stack. */
export const repositoryResource = (store: RepositoryStore, ask: AskIam): ResourceProvider =>
  synchronousProvider({
    type,
    createOnly: ['RepositoryName', 'EncryptionConfiguration'],
    create: (raw, context) => {
      const properties = parseProperties(type, schema, raw);
      const name = properties.RepositoryName ?? context.generateName(256).toLowerCase();
      ask('CreateRepository', { repositoryName: name });
      return stateOf(store.create(name, properties));
    },
    update: (state, { to }) => {
      const repository = store.find(state.physicalId);
      if (repository !== undefined) repository.settings = parseProperties(type, schema, to);
      return state;
    },
    delete: (state) => {
      ask('DeleteRepository', { repositoryName: state.physicalId });
      store.delete(state.physicalId);
    },
  });
