import type { Account } from '../account.ts';
import type { Clock } from '../clock.ts';
import { operationCaller } from '../cloudformation/call-operation.ts';
import type { ResourceProvider } from '../cloudformation/resource-provider.ts';
import type { ApiService } from '../gateway/api-service.ts';
import { awsJsonService } from '../gateway/aws-json.ts';
import type { OperationTable } from '../gateway/operation.ts';
import type { AccessControl } from '../iam/access/access-control.ts';
import { guardOperations } from '../iam/access/guard-operations.ts';
import { type BehaviourCapture, createBehaviour } from '../iot/behaviour/behaviour.ts';
import type { OperationThrottle, OperationThrottleSettings } from '../iot/control-plane/operation-throttle.ts';
import { createOperationThrottle } from '../iot/control-plane/operation-throttle.ts';
import type { BucketStore } from '../s3/bucket-store.ts';
import { AuthorityStore } from './authority-store.ts';
import { pcaAuthorization } from './authorization.ts';
import { listBuckets } from './list-buckets.ts';
import { pcaOperationRates } from './operation-rates.data.ts';
import { pcaOperations } from './pca-operations.ts';
import { authorityActivationResource } from './resources/authority-activation-resource.ts';
import { certificateAuthorityResource } from './resources/certificate-authority-resource.ts';
import { certificateResource } from './resources/certificate-resource.ts';
import { permissionResource } from './resources/permission-resource.ts';
import { RequestTokens } from './request-tokens.ts';
import { ListPublisher } from './revocation/list-publisher.ts';

export interface AcmPcaService {
  readonly api: ApiService;
  readonly resources: readonly ResourceProvider[];
}

export interface AcmPcaOptions {
  readonly account: Account;
  readonly clock: Clock;
  readonly access?: AccessControl | undefined;
  /** Where revocation lists are written to. */
  readonly buckets: BucketStore;
  readonly behaviour?: BehaviourCapture | undefined;
  readonly settings?: OperationThrottleSettings | undefined;
}

const throttled = (operations: OperationTable, throttle: OperationThrottle): OperationTable =>
  Object.fromEntries(
    Object.entries(operations).map(([name, operation]) => [
      name,
      (input, caller) => {
        throttle(name);
        return operation(input, caller);
      },
    ]),
  );

/** AWS Private Certificate Authority: authorities, their certificates and revocation lists. */
export const createAcmPcaService = ({ account, clock, access, buckets, settings = {}, ...options }: AcmPcaOptions): AcmPcaService => {
  const behaviour = createBehaviour(options.behaviour);
  const authorities = new AuthorityStore(account, clock);
  const lists = new ListPublisher(clock, listBuckets(account, buckets), behaviour);
  const operations = guardOperations(pcaOperations({ account, clock, authorities, tokens: new RequestTokens(clock), lists, behaviour }), {
    access,
    authorization: pcaAuthorization(account, authorities),
  });
  const granted = settings.operationRates === 'off' ? 'off' : { ...pcaOperationRates, ...settings.operationRates };
  const throttle = createOperationThrottle(clock, behaviour, { operationRates: granted });
  // CloudFormation, which retries, would only be slower under the quotas.
  const call = operationCaller(account, operations);
  return {
    api: awsJsonService({
      ...{ signingNames: ['acm-pca'], targetPrefix: 'ACMPrivateCA', version: '1.1' },
      operations: throttled(operations, throttle),
    }),
    resources: [
      certificateAuthorityResource(call, clock),
      certificateResource(call, clock),
      authorityActivationResource(call),
      permissionResource(call),
    ],
  };
};
