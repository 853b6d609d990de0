import type { Account } from '../account.ts';
import type { Clock } from '../clock.ts';
import { operationCaller } from '../cloudformation/call-operation.ts';
import type { ResourceProvider } from '../cloudformation/resource-provider.ts';
import type { ServiceEvent } from '../eventbridge/bus-event.ts';
import type { ApiService } from '../gateway/api-service.ts';
import { awsJsonService } from '../gateway/aws-json.ts';
import type { OperationTable } from '../gateway/operation.ts';
import type { AccessControl } from '../iam/access/access-control.ts';
import { guardOperations } from '../iam/access/guard-operations.ts';
import type { BucketStore } from '../s3/bucket-store.ts';
import { cloudTrailAuthorization } from './authorization.ts';
import type { CloudTrailDependencies } from './cloudtrail-dependencies.ts';
import { DigestKey } from './delivery/digest-key.ts';
import { trailBuckets } from './delivery/trail-bucket.ts';
import { EventHistory } from './event-history.ts';
import { getEventSelectors, putEventSelectors } from './operations/event-selectors.ts';
import { listPublicKeys } from './operations/list-public-keys.ts';
import { getTrailStatus, startLogging, stopLogging } from './operations/logging.ts';
import { lookupEvents } from './operations/lookup-events.ts';
import { addTags, listTags, removeTags } from './operations/trail-tags.ts';
import { createTrail, deleteTrail, describeTrails, getTrail, listTrails, updateTrail } from './operations/trails.ts';
import { trailResource } from './resources/trail-resource.ts';
import { TrailRecorder } from './trail-recorder.ts';
import { TrailStore } from './trail-store.ts';

export interface CloudTrailService {
  readonly api: ApiService;
  readonly resources: readonly ResourceProvider[];
  /** No trail records any more. */
  stop(): void;
}

export interface CloudTrailOptions {
  readonly account: Account;
  readonly clock: Clock;
  /** Whom the services ask; its watch is told of their calls. */
  readonly access: AccessControl;
  /** Where trails write their files. */
  readonly buckets: BucketStore;
  /** Says something on the default event bus. */
  readonly publish: (event: ServiceEvent) => void;
}

const operationsOf = (dependencies: CloudTrailDependencies): OperationTable => ({
  AddTags: addTags(dependencies),
  CreateTrail: createTrail(dependencies),
  DeleteTrail: deleteTrail(dependencies),
  DescribeTrails: describeTrails(dependencies),
  GetEventSelectors: getEventSelectors(dependencies),
  GetTrail: getTrail(dependencies),
  GetTrailStatus: getTrailStatus(dependencies),
  ListPublicKeys: listPublicKeys(dependencies),
  ListTags: listTags(dependencies),
  ListTrails: listTrails(dependencies),
  LookupEvents: lookupEvents(dependencies),
  PutEventSelectors: putEventSelectors(dependencies),
  RemoveTags: removeTags(dependencies),
  StartLogging: startLogging(dependencies),
  StopLogging: stopLogging(dependencies),
  UpdateTrail: updateTrail(dependencies),
});

const targetPrefix = 'CloudTrail_20131101';

/** The AWS CLI writes the service's name out in full. */
const withShortTarget = (api: ApiService): ApiService => ({
  ...api,
  handle: (request) => {
    const target = (request.headers['x-amz-target'] ?? '').replace(/^com\.amazonaws\.cloudtrail\.v20131101\./, '');
    return api.handle({ ...request, headers: { ...request.headers, 'x-amz-target': target } });
  },
});

/** AWS CloudTrail: management events of the account's services, in files with digests and on the event bus. */
export const createCloudTrailService = ({ account, clock, access, ...options }: CloudTrailOptions): CloudTrailService => {
  const [trails, history, key] = [new TrailStore(account), new EventHistory(clock), new DigestKey()];
  const buckets = trailBuckets(account, options.buckets);
  const recorder = new TrailRecorder({ account, clock, access, buckets, key, history, publish: options.publish });
  const operations = guardOperations(operationsOf({ account, clock, trails, recorder, buckets, history, key }), {
    access,
    authorization: cloudTrailAuthorization(account, trails),
  });
  return {
    api: withShortTarget(awsJsonService({ signingNames: ['cloudtrail'], targetPrefix, version: '1.1', operations })),
    resources: [trailResource(operationCaller(account, operations))],
    stop: () => {
      recorder.stopAll();
    },
  };
};
