import { tmpdir } from 'node:os';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { Program } from './drivers/program.ts';

const variablesIn = (printed: string): Readonly<Record<string, string>> =>
  Object.fromEntries([...printed.matchAll(/^export (\w+)='(.*)'$/gm)].map(([, name = '', value = '']) => [name, value]));

describe('muster local', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)('runs a local AWS until %s, and then ends with 0 and answers no more', async (signal) => {
    const program = new Program({ script: 'cli/main.ts', parameters: ['local'], environment: {}, directory: tmpdir() });
    const variables = variablesIn(await program.printed('The local AWS is running'));
    const endpoint = variables['AWS_ENDPOINT_URL'] ?? '';
    const credentials = { accessKeyId: variables['AWS_ACCESS_KEY_ID'] ?? '', secretAccessKey: variables['AWS_SECRET_ACCESS_KEY'] ?? '' };
    const sts = new STSClient({ endpoint, region: variables['AWS_REGION'] ?? '', credentials });
    expect(await sts.send(new GetCallerIdentityCommand({}))).toMatchObject({ Account: '123456789012' });
    sts.destroy();
    expect(await program.interrupt(signal)).toMatchObject({ code: 0 });
    await expect(fetch(endpoint)).rejects.toThrow('fetch failed');
  });
});
