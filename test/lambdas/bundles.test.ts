import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { deviceBoundariesOf } from '../../domain/configuration/configuration-boundaries.ts';
import { parseConfiguration } from '../../domain/configuration.ts';
import { bundle } from '../builders/function-bundle.ts';
import { aLineSettings } from '../builders/line-settings.ts';
import { aLogDelivery } from '../builders/log-delivery.ts';
import { aPskLine } from '../fakes/in-memory-device-keys.ts';

const BARE = `
  import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
  const client = new DynamoDBClient();
  export const handler = async () => client.config.region();
`;

const run = promisify(execFile);

const pskFleet = parseConfiguration({ lines: [{ name: 'meter', approaches: ['psk'] }] }, ['psk']);

// As `lib/` writes them at the head of a function's code.
const constants = {
  'process.env.LINE_SETTINGS': JSON.stringify(JSON.stringify([aLineSettings({ attestation: 'serial-only' })])),
  'process.env.CONFIGURATION': JSON.stringify(JSON.stringify(pskFleet)),
  'process.env.CLIENT_ID_LINES': JSON.stringify('[]'),
  'process.env.CERTIFICATE_TERMS': JSON.stringify('[]'),
  'process.env.ISSUANCE_TERMS': JSON.stringify(JSON.stringify({ lines: [], perDeviceDaily: 1, perClaimHourly: 1 })),
  'process.env.LINE_ROTATIONS': JSON.stringify('[]'),
  'process.env.BOUNDARIES': JSON.stringify(JSON.stringify(deviceBoundariesOf(pskFleet, 'psk'))),
  'process.env.PSK_LINES': JSON.stringify(JSON.stringify([aPskLine()])),
};

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bundles-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Loads a bundle as Lambda does, in a process of its own, and calls it once. */
const invoke = async (name: string, event: unknown): Promise<{ readonly answer: unknown; readonly lines: readonly string[] }> => {
  const file = join(folder, `${name}.mjs`);
  await writeFile(file, await bundle({ entryPoints: [`lambdas/${name}/handler.ts`], define: constants }));
  const context = { invokedFunctionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:f:live' };
  const program = `const { handler } = await import(${JSON.stringify(file)}); console.log(JSON.stringify((await handler(${JSON.stringify(event)}, ${JSON.stringify(context)})) ?? null));`;
  const env = {
    TABLE_NAME: 'T',
    PREFIX: 'muster',
    TOPIC_PREFIX: 'muster',
    REFUSAL_FLOOR_MS: '1',
    PARTITION: 'aws',
    ACCOUNT: '111122223333',
    AWS_REGION: 'eu-west-1',
    ...{ AUTHORITY_ARN: 'arn', SIGNING_ALGORITHM: 'SHA256WITHECDSA', TEMPLATE_ARN: 'arn' },
  };
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', program], { env });
  const lines = stdout.trim().split('\n');
  return { answer: JSON.parse(lines.pop() ?? 'null'), lines };
};

describe('The bundle of the hook', () => {
  test('is at most 1.3 times that of a bare handler that only creates a DynamoDB client', async () => {
    const hook = await bundle({ entryPoints: ['lambdas/pre-provisioning-hook/handler.ts'] });
    const bare = await bundle({ stdin: { contents: BARE, resolveDir: '.' } });
    expect(hook.length / bare.length).toBeLessThanOrEqual(1.3);
  });

  test('runs: it refuses what it cannot read, and prints the event of it', async () => {
    const { answer, lines } = await invoke('pre-provisioning-hook', { clientId: 'c' });
    expect(answer).toEqual({ allowProvisioning: false });
    expect(lines.map((line): unknown => JSON.parse(line))).toEqual([
      { auditEvent: expect.objectContaining({ code: 'admission.refused', reason: 'malformed-request', correlationId: 'c' }) as unknown },
    ]);
  });
});

test('The bundle of the authorizer for PSK runs: it refuses what it cannot read, and prints the event of it', async () => {
  const { answer, lines } = await invoke('psk-authorizer', {});
  expect(answer).toEqual({ isAuthenticated: false });
  expect(lines.map((line): unknown => JSON.parse(line))).toEqual([
    { auditEvent: expect.objectContaining({ code: 'connection.refused', reason: 'malformed-request', approach: 'psk' }) as unknown },
  ]);
});

test('The bundle of the function that renews credentials runs: it passes over what no rule sent', async () => {
  expect(await invoke('credential-renewal', {})).toEqual({ answer: null, lines: [] });
});

test('The bundle of the watch for refused messages runs: it passes over what only looks whether anybody is there', async () => {
  expect(await invoke('refusal-watch', aLogDelivery([], 'CONTROL_MESSAGE'))).toEqual({ answer: null, lines: [] });
});

test('The bundle of the certificate provider runs: it refuses what it cannot read, and prints the event of it', async () => {
  const { answer, lines } = await invoke('certificate-provider', { clientId: 'c' });
  expect(answer).toEqual({});
  expect(lines.map((line): unknown => JSON.parse(line))).toEqual([
    { auditEvent: expect.objectContaining({ code: 'certificate.refused', reason: 'malformed-request', correlationId: 'c' }) as unknown },
  ]);
});

test('The bundle of the activation function runs: it has nothing to do with an empty batch', async () => {
  expect(await invoke('activation', { Records: [] })).toEqual({ answer: { batchItemFailures: [] }, lines: [] });
});
