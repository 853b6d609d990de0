import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { tmpdir } from 'node:os';
import { describeCdkCli } from './cdk-cli/describe-cdk-cli.ts';
import { Program } from './drivers/program.ts';
import { ENDPOINT_VARIABLE } from './environment/foreign-aws.ts';
import { openTarget } from './environment/target.ts';

const variablesIn = (printed: string): Readonly<Record<string, string>> =>
  Object.fromEntries([...printed.matchAll(/^export (\w+)='(.*)'$/gm)].map(([, name = '', value = '']) => [name, value]));

// Another process, known by its address and its keys alone, as LocalStack or a real account would be.
const program = new Program({ script: 'cli/main.ts', parameters: ['local'], environment: {}, directory: tmpdir() });
const variables = variablesIn(await program.printed('The local AWS is running'));
const target = await openTarget({}, { ...variables, [ENDPOINT_VARIABLE]: variables['AWS_ENDPOINT_URL'] });

describe('At an endpoint of somebody else, the unmodified CDK CLI', () => {
  describeCdkCli(target);
});

/** The same endpoint without S3, as a stand-in that does not have it answers. */
const startWithoutS3 = async (): Promise<{ readonly endpoint: string; readonly stop: () => void }> => {
  const { hostname, port } = new URL(target.endpoint);
  const server = createServer((incoming, outgoing) => {
    if (incoming.headers.authorization?.includes('/s3/aws4_request') === true) {
      outgoing.writeHead(501).end();
      return;
    }
    const { method, url, headers } = incoming;
    const forwarded = request({ hostname, port, method, path: url, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    incoming.pipe(forwarded);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return { endpoint: `http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}`, stop: () => void server.close() };
};

describe('Of an endpoint that lacks a service', () => {
  test('the suites learn which and why, and may use the others', async () => {
    const { endpoint, stop } = await startWithoutS3();
    const lacking = await openTarget({}, { ...variables, [ENDPOINT_VARIABLE]: endpoint });
    expect(lacking.lacks('s3')).toMatch(/^s3 at http:\/\/127\.0\.0\.1:\d+ answers /);
    expect(lacking.lacks('cloudformation')).toBeUndefined();
    stop();
  });

  test('is no AWS at all when it does not say whose account it is', async () => {
    const refused = openTarget({}, { ...variables, AWS_SECRET_ACCESS_KEY: 'wrong', [ENDPOINT_VARIABLE]: target.endpoint });
    await expect(refused).rejects.toMatchObject({ name: 'SignatureDoesNotMatch' });
    await expect(openTarget({}, { [ENDPOINT_VARIABLE]: target.endpoint })).rejects.toThrow(
      'AWS_ACCESS_KEY_ID must say whose account it is',
    );
  });
});

afterAll(async () => {
  await program.interrupt('SIGTERM');
});
