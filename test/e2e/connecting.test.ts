import { randomUUID } from 'node:crypto';
import { AttachPolicyCommand, RegisterCertificateWithoutCACommand, UpdateCertificateCommand } from '@aws-sdk/client-iot';
import { ecKeys, requestPem } from '../local/iot/certificate-requests.ts';
import { ClaimConnection, type ClaimCredential } from './drivers/claim-connection.ts';
import { type Device, bringIn, permissivePolicy } from './drivers/devices.ts';
import { foreignIdentity, selfSignedIdentity } from './drivers/foreign-certificates.ts';
import { iotLogOf } from './drivers/iot-log.ts';
import { type Identity, MqttConnection, denied, tryToConnect } from './drivers/mqtt-connection.ts';
import { type Stage, aClaim, openStage } from './drivers/stage.ts';

const versions = [4, 5] as const;
const current = { from: '2020-01-01', to: '2049-12-31' };

let stage: Stage;
let claim: ClaimCredential;
let device: Device;
let neighbour: Device;
/** Identities by what is wrong with them. */
const strangers = new Map<string, Identity>();
const clientIds = new Map<string, string>();

const stranger = (what: string): Identity => {
  const identity = strangers.get(what);
  if (identity === undefined) throw new Error(`There is no certificate that is ${what}.`);
  return identity;
};

/** Registers a certificate that somebody else issued, with every right there is. */
const register = async (identity: Identity): Promise<Identity> => {
  const { iot } = stage;
  const registered = await iot.send(new RegisterCertificateWithoutCACommand({ certificatePem: identity.certificatePem, status: 'ACTIVE' }));
  await iot.send(new AttachPolicyCommand({ policyName: await permissivePolicy(stage), target: registered.certificateArn }));
  return identity;
};

const pendingIdentity = async (): Promise<Identity> => {
  const keys = ecKeys();
  const connection = await ClaimConnection.open(stage.shared, claim);
  const { certificatePem } = await connection.certificateFor(requestPem({ keys }));
  await connection.close();
  return { certificatePem, privateKeyPem: keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() };
};

const retire = async (retired: Device | undefined, newStatus: 'INACTIVE' | 'REVOKED'): Promise<Identity> => {
  if (retired === undefined) throw new Error('A device did not come in.');
  await stage.iot.send(new UpdateCertificateCommand({ certificateId: retired.certificateId, newStatus }));
  clientIds.set(newStatus, retired.thingName);
  return retired.identity;
};

/** AWS IoT registers no certificate that has expired already: this one expires while the others are made. */
const expiringIdentity = async (): Promise<{ readonly identity: Identity; readonly hasExpired: () => Promise<void> }> => {
  const expiresAt = Math.ceil(Date.now() / 1000) * 1000 + 2000;
  const identity = await register(await foreignIdentity({ from: '2020-01-01', to: new Date(expiresAt).toISOString() }));
  return { identity, hasExpired: () => new Promise((resolve) => setTimeout(resolve, Math.max(0, expiresAt + 1000 - Date.now()))) };
};

beforeAll(async () => {
  stage = await openStage();
  const expiring = await expiringIdentity();
  claim = await aClaim(stage, 'meter', 1);
  const serials = ['CONNECT-1', 'CONNECT-2', 'CONNECT-INACTIVE', 'CONNECT-REVOKED'];
  const [first, second, inactive, revoked] = await bringIn(
    stage,
    'meter',
    serials.map((serial) => ({ serial })),
  );
  if (first === undefined || second === undefined) throw new Error('A device did not come in.');
  [device, neighbour] = [first, second];
  strangers.set('inactive', await retire(inactive, 'INACTIVE'));
  strangers.set('revoked', await retire(revoked, 'REVOKED'));
  strangers.set('waiting to be activated', await pendingIdentity());
  strangers.set('of an unknown authority', await foreignIdentity(current));
  strangers.set('signed by itself', await selfSignedIdentity());
  strangers.set('expired', expiring.identity);
  strangers.set('of an unknown authority, but registered', await register(await foreignIdentity(current)));
  await expiring.hasExpired();
}, 60_000);

afterAll(() => stage.close());

describe.each(versions)('Over MQTT version %i, a certificate', (version) => {
  test.each([
    ['inactive', 'DEVICE_CERTIFICATE_INACTIVE'],
    ['revoked', 'DEVICE_CERTIFICATE_REVOKED'],
    ['waiting to be activated', 'DEVICE_CERTIFICATE_INACTIVE'],
    ['of an unknown authority', 'DEVICE_CERTIFICATE_NOT_REGISTERED'],
    ['signed by itself', 'DEVICE_CERTIFICATE_NOT_REGISTERED'],
    ['expired', 'NOT_AUTHENTICATED'],
  ])("that is %s connects nobody, and AWS IoT's log says %s", async (what, reason) => {
    const clientId = clientIds.get(what.toUpperCase()) ?? `stranger-${randomUUID()}`;
    expect(await tryToConnect({ shared: stage.shared, identity: stranger(what), clientId, version })).toBe('hung up');
    const [entry] = await iotLogOf(stage.shared, { clientId, eventType: 'Connection.AuthNError' });
    expect(entry).toMatchObject({ status: 'Failure', reason });
  });

  test('that is registered, active and current connects with whatever its policy allows', async () => {
    const identity = stranger('of an unknown authority, but registered');
    expect(await tryToConnect({ shared: stage.shared, identity, clientId: `stranger-${randomUUID()}`, version })).toBe('done');
  });

  test.each([
    ["a device's presence", '$aws/events/presence/connected/somebody'],
    ['a topic of no service', '$aws/nothing'],
    ['a topic of the broker', '$SYS/uptime'],
  ])('with every right there is may not publish on a reserved topic: %s', async (_what, topic) => {
    const identity = stranger('of an unknown authority, but registered');
    const client = await MqttConnection.open({ shared: stage.shared, identity, clientId: `stranger-${randomUUID()}`, version });
    expect(await client.publish(topic, '{}')).toBe(version === 5 ? 'reason code 144' : 'hung up');
    await client.close();
  });

  test.each(['$aws/certificates/create-from-csr/json', '$aws/nothing', '$SYS/#'])(
    'with every right there is may not listen to a reserved topic that answers nobody: %s',
    async (filter) => {
      const identity = stranger('of an unknown authority, but registered');
      const client = await MqttConnection.open({ shared: stage.shared, identity, clientId: `stranger-${randomUUID()}`, version });
      expect(await client.subscribe(filter)).toBe(version === 5 ? 'reason code 143' : 'hung up');
      await client.close();
    },
  );

  test('is needed', async () => {
    expect(await tryToConnect({ shared: stage.shared, clientId: device.thingName, version })).toBe('hung up');
  });

  test.each(['another-ats.iot.us-east-1.amazonaws.com', 'example.com'])(
    'is of no use at a name that is not this account: %s',
    async (serverName) => {
      const dialling = { shared: stage.shared, identity: device.identity, clientId: device.thingName, version };
      expect(await tryToConnect({ ...dialling, serverName })).toBe('no TLS');
      expect(await tryToConnect(dialling)).toBe('done');
    },
  );
});

describe.each(versions)('Over MQTT version %i, a device', (version) => {
  const connectAs = (clientId: string, more: object = {}) =>
    tryToConnect({ shared: stage.shared, identity: device.identity, version, ...more, clientId });

  test('connects as its thing', async () => {
    expect(await connectAs(device.thingName)).toBe('done');
  });

  test.each([
    ["F3: its neighbour's", () => neighbour.thingName],
    ['one that nobody has', () => 'muster:meter:NOBODY'],
    ['its own with more behind it', () => `${device.thingName}-2`],
    ['its own in another case', () => device.thingName.toUpperCase()],
    ["a claim's", () => `${claim.clientIdPrefix}${'0'.repeat(32)}`],
    ['a wildcard', () => '*'],
  ])('may not connect with a client id that is not its own: %s', async (_what, clientId) => {
    expect(await connectAs(clientId())).toBe(denied(version));
  });

  test('may not take a client id that AWS reserves', async () => {
    expect(await connectAs('$thing')).toBe(version === 5 ? 'reason code 133' : 'hung up');
  });

  test("does not disturb its neighbour by trying the neighbour's client id", async () => {
    const victim = await MqttConnection.open({ shared: stage.shared, identity: neighbour.identity, clientId: neighbour.thingName });
    await connectAs(neighbour.thingName);
    expect(await victim.publish(`muster/things/${neighbour.thingName}/telemetry`, 'still here')).toBe('done');
    await victim.close();
  });

  test.each([
    ["its neighbour's topic", () => `muster/things/${neighbour.thingName}/telemetry`],
    ["its line's topic, which is for reading", () => 'muster/lines/meter/firmware'],
    ['a topic outside of the tree', () => 'last/words'],
  ])('may not connect with a will for %s', async (_what, topic) => {
    expect(await connectAs(device.thingName, { will: { topic: topic(), payload: 'gone' } })).toBe(denied(version));
  });

  test('may leave a will on a topic of its own', async () => {
    const topic = `muster/things/${device.thingName}/will`;
    expect(await connectAs(device.thingName, { will: { topic, payload: 'gone' } })).toBe('done');
  });
});

describe.each(versions)('Over MQTT version %i, a claim', (version) => {
  const claimClient = () => `${claim.clientIdPrefix}${randomUUID().replaceAll('-', '')}`;
  const dialling = (clientId: string) => ({ shared: stage.shared, identity: claim.identity, clientId, version });

  test('connects under its own prefix', async () => {
    expect(await tryToConnect(dialling(claimClient()))).toBe('done');
  });

  test.each([
    ["a device's", () => device.thingName],
    ["another line's", () => 'muster-claim-gateway-0'],
    ['its prefix cut short', () => claim.clientIdPrefix.slice(0, -1)],
    ['its prefix in another case', () => claimClient().toUpperCase()],
    ['anything', () => 'anything'],
  ])('may not connect with a client id outside of its prefix: %s', async (_what, clientId) => {
    expect(await tryToConnect(dialling(clientId()))).toBe(denied(version));
  });

  test.each([
    ["a device's topic", () => `muster/things/${device.thingName}/telemetry`],
    ["its line's shared topic", () => 'muster/lines/meter/firmware'],
    ['keys made in the cloud', () => '$aws/certificates/create/json'],
    ['a CSR in CBOR, which is not what it is for', () => '$aws/certificates/create-from-csr/cbor'],
    ["another line's template", () => '$aws/provisioning-templates/muster-gateway/provision/json'],
    ['a template that is not there', () => '$aws/provisioning-templates/unknown/provision/json'],
    ['an answer to other devices', () => '$aws/certificates/create-from-csr/json/accepted'],
    ["a device's shadow", () => `$aws/things/${device.thingName}/shadow/update`],
    ['the presence of a device', () => `$aws/events/presence/connected/${device.thingName}`],
    ['a topic rule', () => '$aws/rules/anything/x'],
  ])('may not publish anywhere but to the two requests: %s', async (_what, topic) => {
    const connection = await MqttConnection.open(dialling(claimClient()));
    expect(await connection.publish(topic(), '{}')).toBe(denied(version));
    await connection.close();
  });

  test('F9: hears the answers to its own requests, and not those to other connections of the same claim', async () => {
    const [one, other] = await Promise.all([1, 2].map(() => ClaimConnection.open(stage.shared, claim, { version })));
    const asked = await one?.certificateFor(requestPem());
    // Were there an answer of the first in its way, the second would take that for its own.
    const askedThen = await other?.certificateFor(requestPem());
    expect(asked?.certificateId).toMatch(/^[0-9a-f]{64}$/);
    expect(askedThen?.certificateId).not.toBe(asked?.certificateId);
    await Promise.all([one?.close(), other?.close()]);
  });

  test.each([
    '#',
    '+/+/+/+/+',
    '$aws/#',
    '$aws/events/#',
    '$aws/certificates/#',
    '$aws/certificates/create/json/accepted',
    '$aws/certificates/create-from-csr/+/accepted',
    '$aws/provisioning-templates/+/provision/json/accepted',
    '$aws/provisioning-templates/muster-gateway/provision/json/accepted',
    'muster/#',
  ])('may not listen anywhere but to the four answers: %s', async (filter) => {
    const connection = await MqttConnection.open(dialling(claimClient()));
    expect(await connection.subscribe(filter)).toBe(denied(version));
    await connection.close();
  });
});
