import {
  CloudTrailClient,
  DescribeTrailsCommand,
  GetEventSelectorsCommand,
  GetTrailStatusCommand,
  ListTagsCommand,
} from '@aws-sdk/client-cloudtrail';
import { createCloudTrailService } from '../../../local/cloudtrail/cloudtrail-service.ts';
import { createAccessControl } from '../../../local/iam/access/access-control.ts';
import { ManualClock } from '../../../local/manual-clock.ts';
import { BucketStore } from '../../../local/s3/bucket-store.ts';
import { bucketPolicy } from '../../conformance/trail-world.ts';
import { providerOf, resourceContext } from '../resource-context.ts';
import type { ServiceEndpoint } from '../service-endpoint.ts';
import { serve, testAccount, testStartMs } from '../service-endpoint.ts';

const clock = new ManualClock(testStartMs);
const everybody = { principal: { arn: 'arn:aws:iam::123456789012:root', accountId: '123456789012' }, identity: [], boundary: undefined };
const buckets = new BucketStore(clock);
const access = {
  ...createAccessControl({ clock, permissionsOf: () => ({ ...everybody, session: undefined, context: () => ({}) }) }),
  check: () => undefined,
};
const service = createCloudTrailService({ account: testAccount, clock, access, buckets, publish: () => undefined });

let endpoint: ServiceEndpoint;
let client: CloudTrailClient;
beforeAll(async () => {
  buckets.create('files').policy = bucketPolicy('files', testAccount.accountId);
  endpoint = await serve(service.api);
  client = new CloudTrailClient(endpoint.config);
});
afterAll(async () => {
  service.stop();
  client.destroy();
  await endpoint.stop();
});

const first = { S3BucketName: 'files', IsLogging: true, EnableLogFileValidation: true, Tags: [{ Key: 'a', Value: '1' }] };
const second = {
  S3BucketName: 'files',
  IsLogging: false,
  EventSelectors: [{ ReadWriteType: 'WriteOnly' }],
  Tags: [{ Key: 'b', Value: '2' }],
};

test('AWS::CloudTrail::Trail is made logging, changed, and removed; nobody is listened to in the end', async () => {
  const provider = providerOf(service.resources, 'AWS::CloudTrail::Trail');
  const state = await provider.create(first, resourceContext());
  const Name = state.physicalId;
  const arn = `arn:aws:cloudtrail:eu-central-1:123456789012:trail/${Name}`;
  expect(state.attributes).toEqual({ Arn: arn });
  expect((await client.send(new GetTrailStatusCommand({ Name }))).IsLogging).toBe(true);
  expect(access.watch.tell).toBeDefined();
  await provider.update(state, { from: first, to: second }, resourceContext());
  expect((await client.send(new GetTrailStatusCommand({ Name }))).IsLogging).toBe(false);
  expect(access.watch.tell).toBeUndefined();
  const { EventSelectors } = await client.send(new GetEventSelectorsCommand({ TrailName: Name }));
  expect(EventSelectors).toMatchObject([{ ReadWriteType: 'WriteOnly', IncludeManagementEvents: true }]);
  const { ResourceTagList } = await client.send(new ListTagsCommand({ ResourceIdList: [arn] }));
  expect(ResourceTagList).toEqual([{ ResourceId: arn, TagsList: [{ Key: 'b', Value: '2' }] }]);
  await provider.delete(state, second, resourceContext());
  await provider.delete(state, second, resourceContext());
  expect((await client.send(new DescribeTrailsCommand({}))).trailList).toEqual([]);
});

test('AWS::CloudTrail::Trail refuses what the local AWS does not have, by name', async () => {
  const provider = providerOf(service.resources, 'AWS::CloudTrail::Trail');
  await expect(provider.create({ ...first, KMSKeyId: 'k' }, resourceContext())).rejects.toThrow('KMSKeyId');
});
