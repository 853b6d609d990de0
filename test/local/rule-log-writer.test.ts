import { CloudWatchLogsClient, CreateLogGroupCommand, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { createLogsService } from '../../local/logs/logs-service.ts';
import { ManualClock } from '../../local/manual-clock.ts';
import { createRuleLogWriter } from '../../local/rule-log-writer.ts';
import type { ServiceEndpoint } from './service-endpoint.ts';
import { serve, testAccount, testStartMs } from './service-endpoint.ts';

let endpoint: ServiceEndpoint;
afterEach(() => endpoint.stop());

test('A topic rule writes to a log group that exists, and to no other', async () => {
  const logs = createLogsService({ account: testAccount, clock: new ManualClock(testStartMs) });
  endpoint = await serve(logs.api);
  const writer = createRuleLogWriter(logs.api, testAccount);
  const write = (message: string) => writer.write('/rules', [{ message, timestampMs: testStartMs }]);
  await expect(write('too early')).rejects.toMatchObject({ code: 'ResourceNotFoundException' });

  const client = new CloudWatchLogsClient(endpoint.config);
  await client.send(new CreateLogGroupCommand({ logGroupName: '/rules' }));
  await write('one');
  await write('two');
  const { events } = await client.send(new FilterLogEventsCommand({ logGroupName: '/rules' }));
  expect(events?.map(({ message }) => message)).toEqual(['one', 'two']);
});
