import { createAthenaService } from '../../local/athena/athena-service.ts';
import { callAwsJson } from '../../local/call-aws-json.ts';
import type { ApiService } from '../../local/gateway/api-service.ts';
import { createGlueService } from '../../local/glue/glue-service.ts';
import { ManualClock } from '../../local/manual-clock.ts';
import { providerOf, resourceContext } from './resource-context.ts';
import { testAccount, testStartMs } from './service-endpoint.ts';

const { accountId } = testAccount;
const caller = { accountId, accessKeyId: 'AKIATESTTESTTESTTEST', arn: `arn:aws:iam::${accountId}:root` };
const clock = new ManualClock(testStartMs);
const callerOf = (api: ApiService, prefix: string) => (name: string, input: object) =>
  callAwsJson(api, caller, { target: `${prefix}.${name}`, input });

describe('Databases and tables of Glue', () => {
  const { api, resources } = createGlueService({ account: testAccount, clock });
  const call = callerOf(api, 'AWSGlue');
  const database = providerOf(resources, 'AWS::Glue::Database');
  const table = providerOf(resources, 'AWS::Glue::Table');
  const described = { CatalogId: accountId, DatabaseInput: { Name: 'doors', Description: 'first' } };
  const columns = [{ Name: 'id', Type: 'string' }];
  const events = (more: object = {}) => ({
    ...{ CatalogId: accountId, DatabaseName: 'doors' },
    TableInput: {
      Name: 'events',
      TableType: 'EXTERNAL_TABLE',
      StorageDescriptor: { Columns: columns, Location: 's3://b/events/' },
      ...more,
    },
  });

  test('are made, changed and deleted by a stack, and shown as they were described', async () => {
    const made = await database.create(described, resourceContext());
    expect(made.physicalId).toBe('doors');
    const held = await table.create(events(), resourceContext());
    expect(await call('GetTable', { DatabaseName: 'doors', Name: 'events' })).toMatchObject({
      Table: { Name: 'events', DatabaseName: 'doors', StorageDescriptor: { Columns: columns }, CreateTime: testStartMs / 1000 },
    });
    await table.update(held, { from: events(), to: events({ Description: 'second' }) }, resourceContext());
    expect(await call('GetTable', { DatabaseName: 'doors', Name: 'events' })).toMatchObject({ Table: { Description: 'second' } });
    await table.delete(held, events(), resourceContext());
    await table.delete(held, events(), resourceContext());
    await database.delete(made, described, resourceContext());
    await expect(call('GetDatabase', { Name: 'doors' })).rejects.toMatchObject({ code: 'EntityNotFoundException' });
  });

  test.each([
    ['a property that is not there', { Colums: [] }],
    ['a column without a name', { StorageDescriptor: { Columns: [{ Type: 'string' }] } }],
    ['a parameter that is no text', { Parameters: { 'projection.enabled': { yes: true } } }],
  ])('are refused with %s', async (_what, more) => {
    await database.create(described, resourceContext());
    await expect(table.create(events(more), resourceContext())).rejects.toMatchObject({ code: 'InvalidRequest' });
    await database.delete({ physicalId: 'doors', attributes: {} }, described, resourceContext());
  });

  test('are refused twice, without their database, and in the catalog of another account', async () => {
    await expect(table.create(events(), resourceContext())).rejects.toMatchObject({ code: 'EntityNotFoundException' });
    await database.create(described, resourceContext());
    await expect(database.create(described, resourceContext())).rejects.toMatchObject({ code: 'AlreadyExistsException' });
    const foreign = { ...described, CatalogId: '999999999999' };
    await expect(database.create(foreign, resourceContext())).rejects.toMatchObject({ code: 'AccessDeniedException' });
  });
});

describe('Work groups and saved queries of Athena', () => {
  const { api, resources } = createAthenaService({ account: testAccount, clock });
  const call = callerOf(api, 'AmazonAthena');
  const group = providerOf(resources, 'AWS::Athena::WorkGroup');
  const query = providerOf(resources, 'AWS::Athena::NamedQuery');
  const ResultConfiguration = { OutputLocation: 's3://results/a/', EncryptionConfiguration: { EncryptionOption: 'SSE_KMS', KmsKey: 'k' } };
  const described = { Name: 'audit', WorkGroupConfiguration: { ResultConfiguration, BytesScannedCutoffPerQuery: '10000000' } };
  const saved = { Database: 'doors', Name: 'who', QueryString: 'SELECT 1', WorkGroup: 'audit' };

  test('are made, changed and deleted by a stack, and shown as they were described', async () => {
    const made = await group.create(described, resourceContext());
    const held = await query.create(saved, resourceContext());
    expect(await call('GetNamedQuery', { NamedQueryId: held.physicalId })).toMatchObject({ NamedQuery: saved });
    expect(await call('GetWorkGroup', { WorkGroup: 'audit' })).toMatchObject({
      WorkGroup: { State: 'ENABLED', Configuration: { ResultConfiguration, BytesScannedCutoffPerQuery: 10_000_000 } },
    });
    await group.update(made, { from: described, to: { ...described, Description: 'asked' } }, resourceContext());
    expect(await call('GetWorkGroup', { WorkGroup: 'audit' })).toMatchObject({ WorkGroup: { Description: 'asked' } });
    await expect(group.delete(made, described, resourceContext())).rejects.toThrow('not empty');
    await group.delete(made, { ...described, RecursiveDeleteOption: true }, resourceContext());
    await group.delete(made, described, resourceContext());
    await query.delete(held, saved, resourceContext());
    await expect(call('GetNamedQuery', { NamedQueryId: held.physicalId })).rejects.toMatchObject({ code: 'InvalidRequestException' });
  });

  test.each([
    ['a limit that AWS does not take', { BytesScannedCutoffPerQuery: 5 }],
    ['a key option without a key', { ResultConfiguration: { EncryptionConfiguration: { EncryptionOption: 'SSE_KMS' } } }],
    ['a place that is no bucket', { ResultConfiguration: { OutputLocation: 'https://results' } }],
  ])('are refused with %s', async (_what, WorkGroupConfiguration) => {
    const failing = group.create({ Name: 'other', WorkGroupConfiguration }, resourceContext());
    await expect(failing).rejects.toMatchObject({ code: 'InvalidRequestException' });
  });

  test('run nothing', async () => {
    await expect(call('StartQueryExecution', { QueryString: 'SELECT 1' })).rejects.toMatchObject({ code: 'UnknownOperationException' });
    await expect(query.create({ ...saved, WorkGroup: 'none' }, resourceContext())).rejects.toThrow('not found');
  });
});
