import { createProgram } from '../../cli/program.ts';
import { startLocalAws } from '../../local/main.ts';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { recordedTerminal } from '../fakes/recorded-terminal.ts';

const noDeployment = () => Promise.reject(new Error('No deployment is needed.'));

const run = async (parameters: readonly string[], whileRunning: (printed: readonly string[], said: readonly string[]) => Promise<void>) => {
  const terminal = recordedTerminal();
  const context = {
    terminal,
    configuration: noDeployment,
    openClient: noDeployment,
    fieldClaims: noDeployment,
    account: noDeployment,
    history: noDeployment,
    deadLetters: noDeployment,
    domains: noDeployment,
    setExitCode: () => undefined,
    untilInterrupted: () => whileRunning(terminal.output, terminal.errors),
  };
  await createProgram(context, startLocalAws).parseAsync(['local', ...parameters], { from: 'user' });
};

const variablesIn = (printed: readonly string[]) =>
  Object.fromEntries(printed.map((line) => [...(/^export (\w+)='(.*)'$/.exec(line) ?? [])].slice(1) as [string, string]));

describe('muster local', () => {
  test('runs a local AWS until it is interrupted, and prints the variables that lead to it', async () => {
    let endpoint = '';
    await run([], async (printed) => {
      const variables = variablesIn(printed);
      endpoint = variables['AWS_ENDPOINT_URL'] ?? '';
      const credentials = { accessKeyId: variables['AWS_ACCESS_KEY_ID'] ?? '', secretAccessKey: variables['AWS_SECRET_ACCESS_KEY'] ?? '' };
      const sts = new STSClient({ endpoint, region: variables['AWS_REGION'] ?? '', credentials });
      expect(await sts.send(new GetCallerIdentityCommand({}))).toMatchObject({ Account: '123456789012' });
      sts.destroy();
    });
    await expect(fetch(endpoint)).rejects.toThrow();
  });

  test('says where devices connect, and where the root certificate is', async () => {
    await run([], async (_printed, said) => {
      const text = said.join('\n');
      const [, mqtt, alpn] = /certificates: 127\.0\.0\.1:(\d+);.* ALPN: 127\.0\.0\.1:(\d+);/.exec(text) ?? [];
      expect([Number(mqtt) > 0, Number(alpn) > 0]).toEqual([true, true]);
      const address = /http:\S+root-ca\.pem/.exec(text)?.[0] ?? '';
      expect(await (await fetch(address)).text()).toMatch(/^-----BEGIN CERTIFICATE-----/);
    });
  });

  test.each([
    ['--port', '-1'],
    ['--mqtt-port', '70000'],
    ['--port', 'http'],
  ])('refuses %s %s', async (option, value) => {
    await expect(run([`${option}=${value}`], () => Promise.resolve())).rejects.toThrow('got');
  });
});
