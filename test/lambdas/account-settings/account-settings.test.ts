import type { AccountTrails, IotLogging, IotLoggingOptions } from '../../../domain/audit/sources/account-settings.ts';
import type { Fulfil } from '../../../lambdas/custom-resource/create-handler.ts';
import { ForeignLoggingError, keepLoggingWith } from '../../../lambdas/account-settings/keep-logging.ts';
import { keepTrailWith } from '../../../lambdas/account-settings/keep-trail.ts';

const request = (RequestType: 'Create' | 'Update' | 'Delete', ResourceProperties: object, PhysicalResourceId?: string) => ({
  ...{ RequestType, ResourceProperties, ResponseURL: 'https://cloudformation.example/', StackId: 's', RequestId: 'r' },
  ...{ LogicalResourceId: 'l', ResourceType: 'Custom::Any', ...(PhysicalResourceId === undefined ? {} : { PhysicalResourceId }) },
});

/** Logging options that an account has. */
const loggingOf = (present?: IotLogging) => {
  const account = { present, groups: [] as string[] };
  const options: IotLoggingOptions = {
    read: () => Promise.resolve(account.present),
    write: (logging) => Promise.resolve(void (account.present = logging)),
    ensureLogGroup: (name) => Promise.resolve(void account.groups.push(name)),
  };
  const fulfil: Fulfil = keepLoggingWith(options);
  return { account, ask: (...what: Parameters<typeof request>) => fulfil(request(...what)) };
};

const ours = { RoleArn: 'arn:ours' };
const on = (roleArn: string): IotLogging => ({ roleArn, level: 'ERROR', isOff: false });

describe('AWS IoT’s log', () => {
  test('is switched on where nobody has it, with a log group, and off in the end', async () => {
    const { account, ask } = loggingOf();
    const { physicalId } = await ask('Create', ours);
    expect([account.present, account.groups]).toEqual([on('arn:ours'), ['AWSIotLogsV2']]);
    expect((await ask('Update', ours, physicalId)).physicalId).toBe(physicalId);
    await ask('Delete', ours, physicalId);
    expect(account.present).toEqual({ ...on('arn:ours'), isOff: true });
  });

  test('goes back to what somebody had switched off before', async () => {
    const before = { roleArn: 'arn:theirs', level: 'WARN', isOff: true };
    const { account, ask } = loggingOf(before);
    const { physicalId } = await ask('Create', ours);
    expect(account.present).toEqual(on('arn:ours'));
    await ask('Delete', ours, physicalId);
    expect(account.present).toEqual(before);
  });

  test('stays as it is where somebody else has it, before and after', async () => {
    const { account, ask } = loggingOf(on('arn:theirs'));
    await expect(ask('Create', ours)).rejects.toThrow(ForeignLoggingError);
    await ask('Delete', ours, 'failed-to-create');
    expect([account.present, account.groups]).toEqual([on('arn:theirs'), []]);
  });

  test('is the same, asked for twice', async () => {
    const { account, ask } = loggingOf();
    await ask('Create', ours);
    await ask('Create', ours);
    expect(account.present).toEqual(on('arn:ours'));
  });
});

/** An account with these trails that log. */
const trailsOf = (...others: readonly string[]) => {
  const names = new Set(others);
  const trails: AccountTrails = {
    logging: () => Promise.resolve([...names]),
    start: ({ name }) => Promise.resolve(void names.add(name)),
    remove: (name) => Promise.resolve(void names.delete(name)),
  };
  const fulfil: Fulfil = keepTrailWith(trails);
  return { names, ask: (...what: Parameters<typeof request>) => fulfil(request(...what)) };
};

const trail = { TrailName: 'muster-account', BucketName: 'files' };

describe('The trail', () => {
  test('is made where there is none, once, and goes in the end', async () => {
    const { names, ask } = trailsOf();
    const { physicalId } = await ask('Create', trail);
    expect((await ask('Create', trail)).physicalId).toBe(physicalId);
    expect((await ask('Update', trail, physicalId)).physicalId).toBe('muster-account');
    expect([...names]).toEqual(['muster-account']);
    await ask('Delete', trail, physicalId);
    expect([...names]).toEqual([]);
  });

  test('is not doubled where the account has one, which stays', async () => {
    const { names, ask } = trailsOf('theirs');
    const { physicalId } = await ask('Create', trail);
    await ask('Delete', trail, physicalId);
    expect([physicalId, [...names]]).toEqual(['the trail theirs', ['theirs']]);
  });
});
