import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../../demo/eventually.ts';
import type { ClientRequest } from '../../local/oauth/issuer-settings.ts';
import type { RegisteredClient } from '../../local/oauth/clients.ts';
import { describeWhereInstalled } from '../setup/describe-where-installed.ts';
import { pythonWith, runPythonDevice } from '../setup/python.ts';
import { issuedKey } from './drivers/factory-keys.ts';
import { importRow } from './drivers/import-row.ts';
import { type TestPrincipal, aUser } from './drivers/principals.ts';
import { type ProgramEnd, runProgram } from './drivers/program.ts';
import { type Stage, enrollmentOf, openStage, thingOf } from './drivers/stage.ts';

const SERIAL_PATH = 'projects/p/locations/l/registries/r/devices';

let stage: Stage;
let folder: string;
let operator: TestPrincipal;

beforeAll(async () => {
  stage = await openStage();
  folder = await mkdtemp(join(tmpdir(), 'muster-others-'));
  operator = await aUser({ shared: stage.shared, configuration: stage.fleet.operator.configuration }, 'operator');
}, 60_000);

afterAll(async () => {
  await rm(folder, { recursive: true });
  await stage.close();
});

const endpoint = (): string => `localhost:${String(stage.shared.mqtt.customAuthPort)}`;
const issuer = (): string => `${stage.shared.endpoint}/_oauth/fleet`;

const enroll = (row: Readonly<Record<string, string>>): Promise<void> => importRow(stage, row, folder);

const credentialFile = async (line: string, serialNumber: string, more: object): Promise<string> => {
  const path = join(folder, `${serialNumber}.json`);
  const thingName = thingOf(stage, line, serialNumber);
  const credential = { schemaVersion: 1, approach: 'oauth', thingName, authorizer: 'muster-oauth', endpoint: endpoint(), ...more };
  await writeFile(path, JSON.stringify(credential), { mode: 0o600 });
  return path;
};

const registerClient = async (request: ClientRequest): Promise<RegisteredClient> => {
  const response = await fetch(`${stage.shared.endpoint}/_local/issuers/fleet/clients`, { method: 'POST', body: JSON.stringify(request) });
  return (await response.json()) as RegisteredClient;
};

const muster = (...parameters: readonly string[]): Promise<ProgramEnd> =>
  runProgram({ script: 'cli/main.ts', parameters, environment: operator.environment, directory: folder });

const greeted = (line: string, serial: string) => {
  const topic = `muster/things/${thingOf(stage, line, serial)}/hello`;
  return { topic, received: { hello: topic } };
};

const isActive = (line: string, serial: string) =>
  eventually(`the activation of ${serial}`, async () => ((await enrollmentOf(stage, line, serial))?.state === 'active' ? true : undefined));

describe('A device with AWS’s own SDK and a pre-shared key', () => {
  test.each(['5', '3.1.1'])(
    'comes in by the builder for custom authorizers, over MQTT %s',
    async (version) => {
      const serial = `SDK-PSK-${version.charAt(0)}`;
      await enroll({ serial, line: 'valve', approach: 'psk' });
      const parameters = [
        await issuedKey({ folder, endpoint: endpoint(), muster }, 'valve', serial),
        '--root-ca',
        stage.fleet.rootCa,
        '--mqtt',
        version,
      ];
      const script = 'examples/aws-iot-device-sdk-v2/custom-authorizer.ts';
      const end = await runProgram({ script, parameters, environment: {}, directory: folder });
      expect(end).toMatchObject({ code: 0, error: '' });
      expect(end.out).toContain(JSON.stringify(greeted('valve', serial)));
      await isActive('valve', serial);
    },
    60_000,
  );
});

describeWhereInstalled(pythonWith('paho.mqtt.client'), 'A device in Python', () => {
  const run = async (script: string, file: string): Promise<unknown> => {
    const end = await runPythonDevice(script, [file, '--root-ca', stage.fleet.rootCa]);
    expect(end).toMatchObject({ code: 0, error: '' });
    return JSON.parse(end.out);
  };

  test('comes in by a pre-shared key', async () => {
    const serial = 'PYTHON-PSK';
    await enroll({ serial, line: 'valve', approach: 'psk' });
    expect(await run('psk_device.py', await issuedKey({ folder, endpoint: endpoint(), muster }, 'valve', serial))).toEqual(
      greeted('valve', serial),
    );
    await isActive('valve', serial);
  }, 60_000);

  test('comes in by an access token', async () => {
    const serial = 'PYTHON-OAUTH';
    const { clientId, clientSecret } = await registerClient({ audience: 'https://fleet.example', scopes: ['muster:own'] });
    await enroll({ serial, line: 'beacon', approach: 'oauth', oauth_issuer: issuer(), oauth_subject: clientId });
    const secret = { kind: 'client-credentials', tokenEndpoint: `${issuer()}/oauth2/token`, clientId, clientSecret, scope: 'muster:own' };
    expect(await run('oauth_device.py', await credentialFile('beacon', serial, { secret }))).toEqual(greeted('beacon', serial));
    await isActive('beacon', serial);
  }, 60_000);

  test('is not let in by the access token of another', async () => {
    const serial = 'PYTHON-THIEF';
    const [own, others] = await Promise.all([
      registerClient({ audience: 'https://fleet.example', scopes: ['muster:own'] }),
      registerClient({ audience: 'https://fleet.example', scopes: ['muster:own'] }),
    ]);
    await enroll({ serial, line: 'beacon', approach: 'oauth', oauth_issuer: issuer(), oauth_subject: own.clientId });
    const secret = { tokenEndpoint: `${issuer()}/oauth2/token`, ...others };
    const end = await runPythonDevice('oauth_device.py', [
      await credentialFile('beacon', serial, { secret }),
      '--root-ca',
      stage.fleet.rootCa,
    ]);
    expect(end).toMatchObject({ code: 1, error: 'the connection was closed\n' });
  }, 60_000);
});

describeWhereInstalled(pythonWith('paho.mqtt.client', 'cryptography'), 'A device in Python that signs its own tokens', () => {
  test('comes in under the client id that it had at another service', async () => {
    const serial = 'PYTHON-SIGNED';
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    await writeFile(join(folder, 'device-public.pem'), publicKey.export({ type: 'spki', format: 'pem' }));
    await enroll({ serial, line: 'lantern', approach: 'oauth', public_key: 'device-public.pem' });
    const secret = { kind: 'device-token', key: privateKey.export({ type: 'pkcs8', format: 'pem' }), audience: 'a-project' };
    const file = await credentialFile('lantern', serial, { secret, clientId: `${SERIAL_PATH}/${serial}` });
    const end = await runPythonDevice('signing_device.py', [file, '--root-ca', stage.fleet.rootCa]);
    expect(end).toMatchObject({ code: 0, error: '' });
    expect(JSON.parse(end.out)).toEqual(greeted('lantern', serial));
    await isActive('lantern', serial);
  }, 60_000);
});
