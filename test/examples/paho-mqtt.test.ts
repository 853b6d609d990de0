import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRemoteJWKSet, importSPKI, jwtVerify } from 'jose';
import * as z from 'zod';
import { readPskEvidence } from '../../approaches/psk/evidence.ts';
import { proofMac } from '../../approaches/psk/evidence/proof-mac.ts';
import { lineName } from '../../domain/identifiers.ts';
import { serialNumber } from '../../domain/serial-number.ts';
import { AuthorizerWorld } from '../conformance/authorizer-world.ts';
import { describeWhereInstalled } from '../setup/describe-where-installed.ts';
import { PythonDevice, pythonWith, runPythonDevice } from '../setup/python.ts';

let world: AuthorizerWorld;
let folder: string;
let rootCa: string;
beforeAll(async () => {
  world = await AuthorizerWorld.start();
  folder = await mkdtemp(join(tmpdir(), 'python-devices-'));
  rootCa = join(folder, 'root-ca.pem');
  await writeFile(rootCa, world.aws.rootCa);
});
afterAll(async () => {
  await world.stop();
  await rm(folder, { recursive: true, force: true });
});

const event = z.object({
  protocolData: z.object({
    tls: z.object({ serverName: z.string() }),
    mqtt: z.object({ username: z.string(), password: z.string(), clientId: z.string() }),
  }),
});

const endpoint = (): string => `localhost:${String(world.aws.mqtt.customAuthPort)}`;

/** Runs a device with a credential file before an authorizer that lets everybody in, and tells what the authorizer was shown. */
const present = async (script: string, { thingName, secret }: { readonly thingName: string; readonly secret: object }) => {
  const { authorizerName, FunctionName } = await world.authorizer();
  const file = join(folder, `${FunctionName}.json`);
  const credential = { schemaVersion: 1, thingName, authorizer: authorizerName, endpoint: endpoint(), secret };
  await writeFile(file, JSON.stringify(credential), { mode: 0o600 });
  const end = await runPythonDevice(script, [file, '--root-ca', rootCa]);
  const [shown] = await world.events(FunctionName);
  const { tls, mqtt } = event.parse(shown).protocolData;
  return { end, ...tls, ...mqtt, authorizerName, password: Buffer.from(mqtt.password, 'base64').toString() };
};

const greeted = (thingName: string) => {
  const topic = `muster/things/${thingName}/hello`;
  return {
    code: 0,
    error: '',
    out: `${JSON.stringify({ topic, received: { hello: topic } })
      .replaceAll(/([:,])"/g, '$1 "')
      .replaceAll(':{', ': {')}\n`,
  };
};

describeWhereInstalled(pythonWith('paho.mqtt.client'), 'Of the devices in Python', () => {
  test('the one with a pre-shared key proves that it has it, and shows it to nobody', async () => {
    const key = Buffer.alloc(32, 7);
    const thingName = 'muster:meter:SN-1';
    const secret = { keys: [{ version: 2, key: key.toString('base64url') }] };
    const { end, username, password, clientId, serverName, authorizerName } = await present('psk_device.py', { thingName, secret });
    expect(end).toEqual(greeted(thingName));
    expect(username).toBe(`${thingName}?x-amz-customauthorizer-name=${authorizerName}`);
    const evidence = readPskEvidence(password);
    if (evidence === undefined) throw new Error(`No evidence: ${password}`);
    const names = { line: z.parse(lineName, 'meter'), serialNumber: z.parse(serialNumber, 'SN-1'), clientId, serverName };
    expect({ clientId, serverName, keyVersion: evidence.keyVersion }).toEqual({
      clientId: thingName,
      serverName: 'localhost',
      keyVersion: 2,
    });
    expect(evidence.mac).toBe(proofMac(key, { ...names, ...evidence }).toString('base64url'));
  });

  test('the one with client credentials gets an access token and shows it', async () => {
    const issuer = await world.aws.issuers.create({ name: 'python' });
    const { clientId, clientSecret } = issuer.register({
      clientId: 'SN/1 +',
      clientSecret: 'a:b%c&d e',
      audience: 'fleet',
      scopes: ['connect'],
    });
    const { tokenEndpoint, jwksUri } = issuer.addresses;
    const thingName = 'muster:meter:SN-2';
    const secret = { kind: 'client-credentials', tokenEndpoint, clientId, clientSecret, scope: 'connect' };
    const { end, password } = await present('oauth_device.py', { thingName, secret });
    expect(end).toEqual(greeted(thingName));
    const { payload } = await jwtVerify(password, createRemoteJWKSet(new URL(jwksUri)), { typ: 'at+jwt', audience: 'fleet' });
    expect(payload).toMatchObject({ sub: 'SN/1 +', scope: 'connect' });
  });

  test('the one with a certificate speaks under the name of its thing', async () => {
    const identity = await world.device({ Effect: 'Allow', Action: 'iot:*', Resource: '*' });
    const [certificate, key] = [join(folder, 'certificate.pem'), join(folder, 'key.pem')];
    await Promise.all([writeFile(certificate, identity.cert), writeFile(key, identity.key, { mode: 0o600 })]);
    const files = ['--root-ca', rootCa, '--certificate', certificate, '--key', key];
    const end = await runPythonDevice('certificate_device.py', [
      'lamp-7',
      ...files,
      '--host',
      'localhost',
      '--port',
      String(world.aws.mqtt.port),
    ]);
    expect(end).toEqual(greeted('lamp-7'));
    expect(world.principalOf('lamp-7')).toBe(identity.certificateId);
  });

  test('the one that only listens gives no client id, and hears its one topic', async () => {
    const allow = (action: string, resource: string) => ({ Effect: 'Allow', Action: action, Resource: world.arn(resource) });
    const topic = 'iot/device/heartbeat';
    const identity = await world.device([
      ...[allow('iot:Connect', 'client/$GEN/*'), allow('iot:Subscribe', `topicfilter/${topic}`), allow('iot:Receive', `topic/${topic}`)],
    ]);
    const [certificate, key] = [join(folder, 'listener.pem'), join(folder, 'listener-key.pem')];
    await Promise.all([writeFile(certificate, identity.cert), writeFile(key, identity.key, { mode: 0o600 })]);
    const device = new PythonDevice('heartbeat_subscriber.py', ['localhost', String(world.aws.mqtt.port), rootCa, certificate, key]);
    await device.printed('subscribed');
    await world.aws.services.iot.broker.publish({ topic, payload: Buffer.from('thump'), qos: 0, retain: false });
    await device.printed(`${topic} thump`);
    expect((await device.stop()).out).not.toContain('disconnected');
  });

  test('one that is refused ends and says so', async () => {
    const { authorizerName } = await world.authorizer('return { isAuthenticated: false };');
    const file = join(folder, 'refused.json');
    const secret = { keys: [{ version: 1, key: Buffer.alloc(32).toString('base64url') }] };
    await writeFile(file, JSON.stringify({ thingName: 'muster:meter:SN-3', authorizer: authorizerName, endpoint: endpoint(), secret }));
    const end = await runPythonDevice('psk_device.py', [file, '--root-ca', rootCa]);
    expect(end).toMatchObject({ code: 1, out: '' });
    expect(end.error).toBe('the connection was closed\n');
  });
});

describeWhereInstalled(pythonWith('paho.mqtt.client', 'cryptography'), 'Of the devices in Python', () => {
  test('the one that signs its own tokens shows one that its key vouches for', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const thingName = 'muster:meter:SN-4';
    const secret = { kind: 'device-token', key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), audience: 'a-project' };
    const { end, password } = await present('signing_device.py', { thingName, secret });
    expect(end).toEqual(greeted(thingName));
    const verifier = await importSPKI(publicKey.export({ type: 'spki', format: 'pem' }).toString(), 'ES256');
    const { payload } = await jwtVerify(password, verifier, { algorithms: ['ES256'], audience: 'a-project' });
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(3600);
  });
});
