import { createServer as createPlainServer } from 'node:http';
import { createServer } from 'node:https';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import type { AddressInfo, Server } from 'node:net';
import { CommandError } from '../../cli/command-error.ts';
import { explain } from '../../cli/explain-failure.ts';
import { runProgram } from '../e2e/drivers/program.ts';
import { makeServerIdentity } from '../local/iot/broker/test-certificates.ts';

const { PATH = '' } = process.env;
const nothing = { PATH, AWS_CONFIG_FILE: '/nowhere', AWS_SHARED_CREDENTIALS_FILE: '/nowhere', AWS_EC2_METADATA_DISABLED: 'true' };
const known = { ...nothing, AWS_REGION: 'eu-central-1', AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret' };

/** What somebody is told whose shell is set up so, of a command that needs AWS. */
const toldOf = async (environment: Readonly<Record<string, string>>): Promise<string> => {
  const environmentOnce = { ...environment, AWS_MAX_ATTEMPTS: '1' };
  const parameters = ['claims', 'list'];
  const { code, error } = await runProgram({ script: 'cli/main.ts', parameters, environment: environmentOnce, directory: tmpdir() });
  expect(code).toBe(1);
  return error.trim();
};

const atPort = async (server: Server): Promise<number> => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
};

describe('An operator is told', () => {
  test('that no region is set, and how to set it', async () => {
    expect(await toldOf(nothing)).toBe('There is no AWS region. Set AWS_REGION to the region of the deployment, or give your profile one.');
  }, 30_000);

  test('that there are no credentials, and how to give some', async () => {
    expect(await toldOf({ ...nothing, AWS_REGION: 'eu-central-1' })).toMatch(
      /^There are no AWS credentials: .* Log in and set AWS_PROFILE/,
    );
  }, 30_000);

  test('that nothing answered, and where to look', async () => {
    const server = createPlainServer();
    const port = await atPort(server);
    server.close();
    await once(server, 'close');
    expect(await toldOf({ ...known, AWS_ENDPOINT_URL: `http://127.0.0.1:${port}` })).toMatch(
      /^AWS was not reached: connect ECONNREFUSED .* Look at the network and, where it is set, at AWS_ENDPOINT_URL\.$/,
    );
  }, 30_000);

  test('that who answered is not trusted, and how to trust it', async () => {
    const server = createServer(await makeServerIdentity('localhost'));
    const port = await atPort(server);
    expect(await toldOf({ ...known, AWS_ENDPOINT_URL: `https://127.0.0.1:${port}` })).toMatch(
      /^What answered is not trusted to be AWS: .* NODE_EXTRA_CA_CERTS\.$/,
    );
    server.close();
  }, 30_000);

  test('what AWS answered', async () => {
    const server = createPlainServer((_, response) =>
      response
        .writeHead(403, { 'content-type': 'text/xml' })
        .end('<ErrorResponse><Error><Code>ExpiredToken</Code><Message>too late</Message></Error></ErrorResponse>'),
    );
    const port = await atPort(server);
    expect(await toldOf({ ...known, AWS_ENDPOINT_URL: `http://127.0.0.1:${port}` })).toBe('AWS answered ExpiredToken: too late');
    server.close();
  }, 30_000);

  test('what is theirs to mend in words, and of a mistake of ours everything', () => {
    expect(explain(new CommandError('There is no such file.'))).toBe('There is no such file.');
    expect(explain(new TypeError('x is not a function'))).toMatch(/^TypeError: x is not a function\n +at /);
  });
});
