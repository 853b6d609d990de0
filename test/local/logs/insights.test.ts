import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  GetQueryResultsCommand,
  PutLogEventsCommand,
  StartQueryCommand,
  type StartQueryCommandInput,
  StopQueryCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { createLogsService } from '../../../local/logs/logs-service.ts';
import { ManualClock } from '../../../local/manual-clock.ts';
import { type ServiceEndpoint, serve, testAccount, testStartMs } from '../service-endpoint.ts';

const clock = new ManualClock(testStartMs);
let endpoint: ServiceEndpoint;
let logs: CloudWatchLogsClient;

const lines: readonly object[] = [
  { id: 1, door: { name: 'north', line: 'a' }, code: 'refused', took: 12, serial: '007' },
  { id: 2, door: { name: 'south', line: 'a' }, code: 'granted', took: 3.5, serial: '7' },
  { id: 3, door: { name: 'north', line: 'b' }, code: 'refused', took: 120, 'odd-name': 'x', serial: 'é"' },
  { id: 4, code: 'other' },
];

beforeAll(async () => {
  endpoint = await serve(createLogsService({ account: testAccount, clock }).api);
  logs = new CloudWatchLogsClient(endpoint.config);
  await logs.send(new CreateLogGroupCommand({ logGroupName: 'doors' }));
  await logs.send(new CreateLogStreamCommand({ logGroupName: 'doors', logStreamName: 's' }));
  const logEvents = [...lines.map((line) => JSON.stringify(line)), 'no JSON'].map((message, at) => ({
    timestamp: testStartMs + at,
    message,
  }));
  await logs.send(new PutLogEventsCommand({ logGroupName: 'doors', logStreamName: 's', logEvents }));
});
afterAll(async () => {
  logs.destroy();
  await endpoint.stop();
});

const second = Math.floor(testStartMs / 1000);

const start = async (queryString: string, more: Partial<StartQueryCommandInput> = {}) => {
  const times = { startTime: second - 60, endTime: second + 60 };
  return (await logs.send(new StartQueryCommand({ logGroupName: 'doors', queryString, ...times, ...more }))).queryId;
};

const answerTo = async (queryString: string, more: Partial<StartQueryCommandInput> = {}) => {
  const queryId = await start(queryString, more);
  clock.advance(1_000);
  return logs.send(new GetQueryResultsCommand({ queryId }));
};

type Shown = Readonly<Record<string, string | undefined>>;

/** Rows without the pointers to their events. */
const rowsOf = async (queryString: string, more: Partial<StartQueryCommandInput> = {}): Promise<readonly Shown[]> =>
  ((await answerTo(queryString, more)).results ?? []).map((row) =>
    Object.fromEntries(
      row.filter(({ field }) => field !== '@ptr').map(({ field = '', value }): [string, string | undefined] => [field, value]),
    ),
  );

const idsOf = async (condition: string) => (await rowsOf(`fields id | filter ${condition} | sort id asc`)).map(({ id }) => id);

describe('A query of Logs Insights', () => {
  test('runs for a while before it is complete, and says what it looked at', async () => {
    const queryId = await start('fields code | filter code = "refused"');
    expect(await logs.send(new GetQueryResultsCommand({ queryId }))).toMatchObject({ status: 'Running', results: [] });
    clock.advance(1_000);
    const { status, statistics } = await logs.send(new GetQueryResultsCommand({ queryId }));
    expect({ status, statistics }).toMatchObject({ status: 'Complete', statistics: { recordsScanned: 5, recordsMatched: 2 } });
  });

  test('shows time and message where no fields are named, the newest first, each with a pointer', async () => {
    const { results = [] } = await answerTo('filter took > 3 | limit 1');
    expect(results[0]?.map(({ field }) => field)).toEqual(['@timestamp', '@message', '@ptr']);
    expect(results[0]?.[0]?.value).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}$/);
    expect(results[0]?.[1]?.value).toBe(JSON.stringify(lines[2]));
  });

  test('shows what is named, under another name if one is given, and leaves out what an event has not', async () => {
    expect(await rowsOf('fields id, door.name as door, `odd-name` | filter id in [3, 4] | sort id asc')).toEqual([
      { id: '3', door: 'north', 'odd-name': 'x' },
      { id: '4' },
    ]);
    expect(await rowsOf('fields id, code | filter id = 1 | display code')).toEqual([{ code: 'refused' }]);
  });

  test.each([
    ['code = "refused" and door.line = "a"', ['1']],
    ["code = 'refused' and not door.line = 'a'", ['3']],
    ['took >= 12', ['1', '3']],
    ['took < 12 or code = "other"', ['2', '4']],
    ['(took < 12 or took > 100) and ispresent(door.name)', ['2', '3']],
    ['not ispresent(took) and ispresent(id)', ['4']],
    ['serial = "007"', ['1']],
    ['serial = 7', ['1', '2']],
    ['serial = "é\\""', ['3']],
    ['code like "fus"', ['1', '3']],
    ['code like /^(ref|oth)/', ['1', '3', '4']],
    ['door.name like /(?i)NORTH/', ['1', '3']],
    ['code in ["granted", "other"]', ['2', '4']],
    ['door.name in ["west"]', []],
    ['door = "north"', []],
    ['constructor = "x" or __proto__ = "x"', undefined],
  ])('finds events where %s', async (condition, ids) => {
    if (ids === undefined) await expect(idsOf(condition)).rejects.toMatchObject({ name: 'MalformedQueryException' });
    else expect(await idsOf(condition)).toEqual(ids);
  });

  test('counts by fields, and sorts what it counted', async () => {
    expect(
      await rowsOf('filter ispresent(code) | stats count(*) as events, max(took) as longest by code | sort events desc, code asc'),
    ).toEqual([
      { code: 'refused', events: '2', longest: '120' },
      { code: 'granted', events: '1', longest: '3.5' },
      { code: 'other', events: '1' },
    ]);
    expect(await rowsOf('stats count(), count(took), count_distinct(door.name), min(took)')).toEqual([
      { 'count()': '5', 'count(took)': '3', 'count_distinct(door.name)': '2', 'min(took)': '3.5' },
    ]);
  });

  test('reads comments and line ends', async () => {
    expect(await rowsOf('# what was granted\nfields id\n| filter code = "granted"\n  # and nothing else')).toEqual([{ id: '2' }]);
  });

  test('takes both ends of its time', async () => {
    const at = (startTime: number, endTime: number) => rowsOf('fields id', { startTime, endTime });
    expect(await at(second, second)).toHaveLength(5);
    expect(await at(second + 1, second + 2)).toHaveLength(0);
  });

  test('can be stopped while it runs', async () => {
    const queryId = await start('fields id');
    await logs.send(new StopQueryCommand({ queryId }));
    expect(await logs.send(new GetQueryResultsCommand({ queryId }))).toMatchObject({ status: 'Cancelled' });
    await expect(logs.send(new StopQueryCommand({ queryId }))).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });
});

describe('A query is refused', () => {
  test.each([
    ['', 'unexpected end of input'],
    ['fields', 'unexpected end of input'],
    ['parse @message "*" as x', 'the command parse is not supported by the local AWS'],
    ['fields id | dedup id', 'the command dedup is not supported'],
    ['fields id | filter', 'unexpected end of input'],
    ['filter id != 1', "the operator '!=' is not supported by the local AWS"],
    ['filter id = took', "'took' is no literal"],
    ['filter id in [1, 2', 'unexpected end|is missing'],
    ['filter id = 1 2', "'2' is not expected here"],
    ['fields door-name', 'unexpected symbol found -'],
    ['stats avg(took)', 'the function avg is not supported'],
    ['stats max(*)', "'\\*' is no name of a field"],
    ['stats count(*) by code | fields code', 'fields after stats is not supported'],
    ['sort id', "'asc' is missing"],
    ['limit 0', 'limit takes a number from 1 to 10000'],
    ['fields id | limit 10001', 'limit takes a number'],
    ['filter code like 3', 'like takes a text or a regular expression'],
  ])('that cannot be read: %s', async (query, message) => {
    const failing = start(query);
    await expect(failing).rejects.toMatchObject({ name: 'MalformedQueryException' });
    await expect(failing).rejects.toThrow(new RegExp(message));
  });

  test.each<[string, Partial<StartQueryCommandInput>, string]>([
    ['of a group that is not there', { logGroupName: 'none' }, 'ResourceNotFoundException'],
    ['that names groups in two ways', { logGroupNames: ['doors'] }, 'InvalidParameterException'],
    ['that names none', { logGroupName: undefined }, 'InvalidParameterException'],
    ['whose time ends before it begins', { startTime: 10, endTime: 9 }, 'InvalidParameterException'],
    ['that wants too many rows', { limit: 10_001 }, 'InvalidParameterException'],
    ['in another language', { queryLanguage: 'SQL' }, 'InvalidParameterException'],
  ])('%s', async (_what, more, name) => {
    await expect(start('fields id', more)).rejects.toMatchObject({ name });
  });

  test('where a hundred run', async () => {
    for (let started = 0; started < 100; started += 1) await start('fields id');
    await expect(start('fields id')).rejects.toMatchObject({ name: 'LimitExceededException' });
    clock.advance(1_000);
    await expect(start('fields id')).resolves.toEqual(expect.any(String));
  });

  test('whose results are asked for under an id that nobody has', async () => {
    await expect(logs.send(new GetQueryResultsCommand({ queryId: 'none' }))).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });
});
