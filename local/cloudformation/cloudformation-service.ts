import type { Account } from '../account.ts';
import type { Clock } from '../clock.ts';
import { actAs } from '../gateway/acting-caller.ts';
import type { ApiService } from '../gateway/api-service.ts';
import { awsQueryService } from '../gateway/aws-query.ts';
import type { UnsignedRoute } from '../gateway/account-entrance.ts';
import type { OperationTable } from '../gateway/operation.ts';
import type { AccessControl } from '../iam/access/access-control.ts';
import { guardOperations } from '../iam/access/guard-operations.ts';
import type { ObjectReader } from '../s3/object-reader.ts';
import type { ParameterReader } from '../ssm/parameter-reader.ts';
import { cloudFormationAuthorization } from './authorization.ts';
import type { CloudFormationContext } from './cloudformation-context.ts';
import { BackgroundWork } from './cloudformation-context.ts';
import { dynamicReferences } from './dynamic-references.ts';
import { createChangeSet } from './operations/create-change-set.ts';
import { createStack } from './operations/create-stack.ts';
import { deleteChangeSet } from './operations/delete-change-set.ts';
import { deleteStack } from './operations/delete-stack.ts';
import { driftOperations } from './operations/drift-operations.ts';
import { describeChangeSet } from './operations/describe-change-set.ts';
import { executeChangeSet } from './operations/execute-change-set.ts';
import { stackQueries } from './operations/stack-queries.ts';
import { getTemplateSummary, validateTemplate } from './operations/template-queries.ts';
import { updateStack } from './operations/update-stack.ts';
import { updateTerminationProtection } from './operations/update-termination-protection.ts';
import { ProviderRegistry } from './provider-registry.ts';
import { cdkMetadataResource } from './resources/cdk-metadata-resource.ts';
import { CustomResourceResponses } from './resources/custom-resource-responses.ts';
import type { InvokeCustomResource } from './resources/custom-resource.ts';
import { customResource } from './resources/custom-resource.ts';
import { Exports } from './stacks/exports.ts';
import { StackStore } from './stacks/stack-store.ts';

export interface CloudFormationOptions {
  readonly account: Account;
  readonly clock: Clock;
  readonly readObject: ObjectReader;
  readonly readParameter: ParameterReader;
  /** Whether a role exists and trusts `cloudformation.amazonaws.com`. */
  readonly isServiceRole: (roleArn: string) => boolean;
  /** Does work with a session of a role that `isServiceRole`. */
  readonly actAsRole: CloudFormationContext['actAsRole'];
  readonly invokeCustomResource: InvokeCustomResource;
  readonly access?: AccessControl | undefined;
  /** The gateway's address, known once it listens. */
  readonly endpoint: () => string;
}

export interface CloudFormationService {
  readonly api: ApiService;
  /** Where services register what they can deploy. */
  readonly providers: ProviderRegistry;
  readonly stacks: StackStore;
  /** Answers of custom resources: unsigned requests below `prefix`. */
  readonly responseRoute: { readonly prefix: string; readonly route: UnsignedRoute };
  /** Resolves when no deployment is under way. */
  idle(): Promise<void>;
}

const operationsOf = (context: CloudFormationContext): OperationTable => ({
  ...stackQueries(context),
  ...driftOperations(context),
  CreateChangeSet: createChangeSet(context),
  CreateStack: createStack(context),
  DeleteChangeSet: deleteChangeSet(context),
  DeleteStack: deleteStack(context),
  DescribeChangeSet: describeChangeSet(context),
  ExecuteChangeSet: executeChangeSet(context),
  GetTemplateSummary: getTemplateSummary(context),
  UpdateStack: updateStack(context),
  UpdateTerminationProtection: updateTerminationProtection(context),
  ValidateTemplate: validateTemplate(context),
});

/** Whatever CloudFormation does for a caller without a role, it does with the caller's permissions. */
const actingForCallers = (operations: OperationTable): OperationTable =>
  Object.fromEntries(
    Object.entries(operations).map(([name, operation]) => [
      name,
      (input, caller) => actAs({ ...caller, via: [...(caller.via ?? []), 'cloudformation.amazonaws.com'] }, () => operation(input, caller)),
    ]),
  );

/** CloudFormation: stacks, change sets and the resource types that are registered with it. */
export const createCloudFormationService = (options: CloudFormationOptions): CloudFormationService => {
  const { account, clock, readObject, readParameter } = options;
  const stacks = new StackStore(account, clock);
  const providers = new ProviderRegistry();
  const responses = new CustomResourceResponses(account);
  providers.register(
    cdkMetadataResource,
    customResource({ clock, responses, invoke: options.invokeCustomResource, endpoint: options.endpoint }),
  );
  const context: CloudFormationContext = {
    services: { account, clock, providers, exports: new Exports(stacks), dynamicReference: dynamicReferences(readParameter) },
    stacks,
    readObject,
    readSsm: (name) => readParameter(name)?.value,
    isServiceRole: options.isServiceRole,
    actAsRole: options.actAsRole,
    background: new BackgroundWork(),
  };
  const api = awsQueryService({
    signingNames: ['cloudformation'],
    xmlNamespace: 'http://cloudformation.amazonaws.com/doc/2010-05-15/',
    operations: guardOperations(actingForCallers(operationsOf(context)), {
      access: options.access,
      authorization: cloudFormationAuthorization(account, stacks),
    }),
  });
  const responseRoute = { prefix: responses.prefix, route: (request: Parameters<UnsignedRoute>[0]) => responses.receive(request) };
  return { api, providers, stacks, responseRoute, idle: () => context.background.idle() };
};
