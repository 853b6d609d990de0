import {
  CloudWatchClient,
  DashboardInvalidInputError,
  DeleteDashboardsCommand,
  GetDashboardCommand,
  ListDashboardsCommand,
  PutDashboardCommand,
} from '@aws-sdk/client-cloudwatch';
import type { LocalAws } from '../../local/main.ts';
import { startLocalAws } from '../../local/main.ts';
import { documented } from './fact.ts';

let aws: LocalAws;
let cloudWatch: CloudWatchClient;

beforeAll(async () => {
  aws = await startLocalAws();
  cloudWatch = new CloudWatchClient({ endpoint: aws.endpoint, region: aws.account.region, credentials: aws.credentials, maxAttempts: 1 });
});
afterAll(async () => {
  cloudWatch.destroy();
  await aws.stop();
});

const text = { type: 'text', x: 0, y: 0, width: 24, height: 2, properties: { markdown: '# Doors' } };
const metric = {
  type: 'metric',
  properties: {
    metrics: [
      ['N', 'M', 'Line', 'a', { stat: 'Sum' }],
      ['.', 'O'],
    ],
    region: 'us-east-1',
  },
};

const put = (DashboardName: string, body: unknown) =>
  cloudWatch.send(new PutDashboardCommand({ DashboardName, DashboardBody: typeof body === 'string' ? body : JSON.stringify(body) }));

const faultsOf = async (body: unknown): Promise<readonly (string | undefined)[]> => {
  const error: unknown = await put('wrong', body).catch((thrown: unknown) => thrown);
  if (!(error instanceof DashboardInvalidInputError)) throw new Error(`Not refused: ${JSON.stringify(body)}`);
  return (error.dashboardValidationMessages ?? []).map(({ DataPath }) => DataPath);
};

const page = 'CloudWatch user guide, "Dashboard body structure and syntax"';

describe('A dashboard', () => {
  documented('CloudWatch API reference, PutDashboard', 'is kept as it was given, and replaced as a whole', async () => {
    const DashboardName = 'doors';
    expect((await put(DashboardName, { widgets: [text] })).DashboardValidationMessages).toEqual([]);
    await put(DashboardName, { widgets: [metric] });
    const found = await cloudWatch.send(new GetDashboardCommand({ DashboardName }));
    expect(found.DashboardArn).toBe(`arn:aws:cloudwatch::${aws.account.accountId}:dashboard/doors`);
    expect(JSON.parse(found.DashboardBody ?? '')).toEqual({ widgets: [metric] });
    const { DashboardEntries } = await cloudWatch.send(new ListDashboardsCommand({ DashboardNamePrefix: 'doo' }));
    expect(DashboardEntries).toEqual([expect.objectContaining({ DashboardName, Size: found.DashboardBody?.length })]);
    await cloudWatch.send(new DeleteDashboardsCommand({ DashboardNames: [DashboardName] }));
    await expect(cloudWatch.send(new GetDashboardCommand({ DashboardName }))).rejects.toMatchObject({ name: 'ResourceNotFound' });
  });

  documented('CloudWatch API reference, DeleteDashboards', 'that is not there is told, and the others go', async () => {
    await put('one', { widgets: [] });
    const DashboardNames = ['none', 'one'];
    await expect(cloudWatch.send(new DeleteDashboardsCommand({ DashboardNames }))).rejects.toMatchObject({ name: 'ResourceNotFound' });
    expect((await cloudWatch.send(new ListDashboardsCommand({}))).DashboardEntries).toEqual([]);
  });

  documented('CloudWatch API reference, PutDashboard', 'has a name of letters, digits, hyphens and underscores', async () => {
    await expect(put('my doors', { widgets: [] })).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
  });

  documented(page, 'is refused where its body is none, saying where', async () => {
    const place = { ...text, x: 24, width: 25 };
    expect(await faultsOf('no JSON')).toEqual(['']);
    expect(await faultsOf({})).toEqual(['/widgets']);
    expect(await faultsOf({ widgets: [text, place] })).toEqual(['/widgets/1/x', '/widgets/1/width']);
    expect(await faultsOf({ widgets: [{ ...text, type: 'picture' }] })).toEqual(['/widgets/0/type']);
    expect(await faultsOf({ widgets: [{ ...metric, properties: { region: 'us-east-1' } }] })).toEqual(['/widgets/0/properties']);
    expect(await faultsOf({ widgets: [{ ...metric, properties: { metrics: [['N', 'M']] } }] })).toEqual(['/widgets/0/properties/region']);
    expect(await faultsOf({ widgets: [{ type: 'alarm', properties: { alarms: ['doors'] } }] })).toEqual(['/widgets/0/properties/alarms/0']);
    expect(await faultsOf({ widgets: Array(501).fill(text) })).toEqual(['/widgets']);
  });
});
