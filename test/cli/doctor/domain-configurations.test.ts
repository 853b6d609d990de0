import { CreateAuthorizerCommand, IoTClient, ListDomainConfigurationsCommand } from '@aws-sdk/client-iot';
import { createIotDomainConfigurations } from '../../../aws/iot/domain-configurations.ts';
import { openAccountReads } from '../../../aws/open/account-reads.ts';
import type { AccountReads } from '../../../domain/account-ports.ts';
import { runMuster } from '../../fakes/muster-command.ts';
import { type DoctoredAccount, openDoctoredAccount } from './doctored-account.ts';

const DAY_MS = 24 * 3600 * 1000;
const NAME = 'muster-oauth';

let account: DoctoredAccount;
let iot: IoTClient;
beforeEach(async () => {
  account = await openDoctoredAccount();
  iot = new IoTClient(account.config);
  const authorizerFunctionArn = 'arn:aws:lambda:us-east-1:123456789012:function:judge';
  await iot.send(new CreateAuthorizerCommand({ authorizerName: NAME, authorizerFunctionArn, signingDisabled: true, status: 'ACTIVE' }));
  const domains = createIotDomainConfigurations(iot);
  await domains.keep(NAME);
  await domains.open(NAME, NAME);
});
afterEach(async () => {
  iot.destroy();
  await account.aws.stop();
});

const found = async (): Promise<readonly string[]> =>
  (await account.examine('domain-configurations')).map(({ level, what }) => `${level}: ${what}`);

/** The account, with stacks that have the domain configurations of these names. */
const withDeployed = (...names: readonly string[]): AccountReads => {
  const reads = openAccountReads(account.config);
  const stacks: AccountReads['stacks'] = {
    ...reads.stacks,
    stack: () => Promise.resolve({ status: 'CREATE_COMPLETE' }),
    resources: (stack) =>
      Promise.resolve(
        names
          .map((physicalId) => ({ stack, logicalId: 'Kept', physicalId, type: 'Custom::MusterDomainConfiguration' }))
          .slice(stack.endsWith('Onboarding') ? 0 : names.length),
      ),
  };
  return { ...reads, stacks };
};

const doctor = (reads: AccountReads, ...parameters: readonly string[]) =>
  runMuster({ account: reads, domains: createIotDomainConfigurations(iot) }, 'doctor', ...parameters);

const linesAbout = (output: readonly string[]): readonly string[] => output.filter((line) => line.includes(' domain-configurations: '));

const left = async (): Promise<readonly (string | undefined)[]> => {
  const { domainConfigurations = [] } = await iot.send(new ListDomainConfigurationsCommand({}));
  return domainConfigurations
    .map(({ domainConfigurationName }) => domainConfigurationName)
    .filter((name) => name?.startsWith('iot:') === false);
};

describe('Of domain configurations the doctor', () => {
  test('is content with one that is open and has its stack', async () => {
    const { output } = await doctor(withDeployed(NAME), '--after');
    expect(linesAbout(output)).toEqual([expect.stringMatching(/ok .+"muster-oauth" is enabled; devices connect to d0.+/)]);
  });

  test('says that one with a stack is disabled, and that one is gone', async () => {
    await createIotDomainConfigurations(iot).close(NAME);
    const { output } = await doctor(withDeployed(NAME, 'muster-psk'), '--after');
    expect(linesAbout(output)).toEqual([
      expect.stringMatching(/problem .+"muster-oauth" is disabled$/),
      expect.stringMatching(/problem .+"muster-psk" is gone$/),
    ]);
  });

  test('says that one without a stack is open, and when one that is closed may go', async () => {
    expect(await found()).toEqual(['problem: the domain configuration "muster-oauth" is enabled, and no stack has it']);
    await createIotDomainConfigurations(iot).close(NAME);
    const [one] = await account.examine('domain-configurations');
    const from = new Date(account.aws.clock.now() + 7 * DAY_MS).toISOString().slice(0, 10);
    expect(one).toMatchObject({ level: 'note', why: expect.stringContaining(`may be deleted from ${from}`) as string });
  });

  test('leaves those of others alone', async () => {
    const [switches] = await account.examine('account-switches');
    expect(switches?.what).toBe('no account-wide setting of AWS IoT reaches into this deployment');
    expect((await account.examine('domain-configurations', { configuration: { prefix: 'other' } }))[0]?.level).toBe('ok');
  });
});

describe('muster doctor --repair', () => {
  test('closes what no stack has, and deletes it seven days later', async () => {
    const first = await doctor(withDeployed(), '--repair', '--yes');
    expect(first.output.at(-1)).toBe('done: disable the domain configuration "muster-oauth"');
    const second = await doctor(withDeployed(), '--repair', '--yes');
    expect(second.output.at(-1)).toMatch(/^not yet: delete the domain configuration "muster-oauth"; AWS IoT lets it happen from \d{4}-/);
    account.advance(7 * DAY_MS);
    const third = await doctor(withDeployed(), '--repair', '--yes', '--json');
    expect(JSON.parse(third.output.join('\n'))).toMatchObject({ repairs: [{ name: NAME, by: 'remove', outcome: 'done' }] });
    expect(await left()).toEqual([]);
  });

  test('says what it would do, and does nothing', async () => {
    const { output } = await doctor(withDeployed(), '--repair', '--dry-run');
    expect(output.at(-1)).toBe('would disable the domain configuration "muster-oauth"');
    expect(await found()).toEqual(['problem: the domain configuration "muster-oauth" is enabled, and no stack has it']);
  });

  test('asks first, and does nothing where nobody can say yes', async () => {
    await expect(doctor(withDeployed(), '--repair')).rejects.toThrow('This will disable the domain configuration "muster-oauth".');
    expect(await left()).toEqual([NAME]);
  });

  test('touches nothing that a stack has', async () => {
    await createIotDomainConfigurations(iot).close(NAME);
    await doctor(withDeployed(NAME), '--repair', '--yes');
    expect(await left()).toEqual([NAME]);
  });

  test.each(['--yes', '--dry-run'])('is what %s goes with', async (option) => {
    await expect(doctor(withDeployed(), option)).rejects.toThrow('go with --repair');
  });
});
