import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { IoTClient, type LogEventConfiguration, type LogLevel, SetV2LoggingOptionsCommand } from '@aws-sdk/client-iot';
import { type DoctoredAccount, openDoctoredAccount } from './doctored-account.ts';

let account: DoctoredAccount;
let iot: IoTClient;
let roleArn: string;
beforeAll(async () => {
  account = await openDoctoredAccount();
  iot = new IoTClient({ ...account.config, maxAttempts: 12 });
  const iam = new IAMClient(account.config);
  const Statement = [{ Effect: 'Allow', Principal: { Service: 'iot.amazonaws.com' }, Action: 'sts:AssumeRole' }];
  const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
  roleArn = (await iam.send(new CreateRoleCommand({ RoleName: 'logger', AssumeRolePolicyDocument }))).Role?.Arn ?? '';
  iam.destroy();
});
afterAll(async () => {
  iot.destroy();
  await account.aws.stop();
});

const wanting = { lines: [{ name: 'sensor', triggers: { refusedPublishes: 'alarm' } }] };

const found = async (configuration: object = wanting): Promise<readonly string[]> =>
  (await account.examine('refused-publishes', { phase: 'before', configuration })).map(({ level, what }) => `${level}: ${what}`);

const logging = (defaultLogLevel: LogLevel, eventConfigurations: LogEventConfiguration[] = []) =>
  iot.send(new SetV2LoggingOptionsCommand({ roleArn, defaultLogLevel, eventConfigurations }));

const BLIND = 'problem: AWS IoT does not log refused messages';
const SEEING = 'ok: AWS IoT logs refused messages to "AWSIotLogsV2"';

describe('Of refused messages the doctor', () => {
  test('does not ask where no line wants them listened for', async () => {
    expect(await found({})).toEqual(['ok: no line wants refused messages listened for']);
  });

  test('says that nobody would hear of them while AWS IoT logs nothing', async () => {
    expect(await found()).toEqual([BLIND]);
  });

  test.each<readonly [LogLevel, LogEventConfiguration[], string]>([
    ['ERROR', [], SEEING],
    ['DEBUG', [], SEEING],
    ['DISABLED', [], BLIND],
    ['INFO', [{ eventType: 'Publish-In', logLevel: 'DISABLED' }], BLIND],
    ['DISABLED', [{ eventType: 'Publish-In', logLevel: 'ERROR' }], SEEING],
    ['ERROR', [{ eventType: 'Publish-In', logDestination: 'elsewhere' }], 'problem: AWS IoT logs refused messages to "elsewhere"'],
  ])('goes by the level and the log group that count for them: %s, %j', async (level, events, expected) => {
    await logging(level, events);
    expect(await found()).toEqual([expected]);
  });
});
