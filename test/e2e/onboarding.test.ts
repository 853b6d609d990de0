import { X509Certificate, createPrivateKey, createPublicKey } from 'node:crypto';
import { readFile, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { DescribeCertificateCommand, IoTClient, ResourceNotFoundException } from '@aws-sdk/client-iot';
import * as z from 'zod/mini';
import { provePki } from '../../approaches/pki/prove.ts';
import { openAuditTrail } from '../../demo/audit-trail.ts';
import { eventually } from '../../demo/eventually.ts';
import { type Fleet, type OnboardedDevice, closeFleet, enroll, makeClaim, onboardDevice, openFleet } from '../../demo/fleet.ts';
import { describeLocal, writeLocalFile } from '../../demo/local-file.ts';
import { connectDevice, echo, publishWhereForbidden } from '../../demo/publish.ts';
import { runSdkDevice } from '../../demo/sdk-device.ts';
import type { Enrollment } from '../../domain/enrollment.ts';
import { lineName, thingName } from '../../domain/identifiers.ts';
import { useSharedEnvironment } from './environment/shared-environment.ts';
import { type PlainHome, connectPlainly, provisionPlainly } from './drivers/plain-device.ts';
import { registryOf } from './drivers/registry-of.ts';

const sensor = z.parse(lineName, 'sensor');
const kinds = [
  { kind: 'ec-p256', type: 'ec', details: { namedCurve: 'prime256v1' } },
  { kind: 'ec-p384', type: 'ec', details: { namedCurve: 'secp384r1' } },
  { kind: 'rsa-2048', type: 'rsa', details: { modulusLength: 2048 } },
] as const;
const versions = ['3.1.1', '5'] as const;
const ours = versions.flatMap((version) =>
  kinds.map((key) => ({ ...key, version, serial: `OURS-${key.kind}-${version.replaceAll('.', '')}` })),
);
const sdk = versions.map((version) => ({ version, serial: `SDK-${version.replaceAll('.', '')}` }));
const plain = versions.map((version) => ({ version, serial: `PLAIN-${version.replaceAll('.', '')}` }));

const UNSEEN = 'UNSEEN';
const AMNESIAC = 'AMNESIAC';

const shared = useSharedEnvironment();
const iot = new IoTClient();
const devices = new Map<string, OnboardedDevice>();
let fleet: Fleet;
let home: PlainHome;
let localFile: string;
let unseen: { readonly certificateId: string; readonly certificate: string; readonly privateKey: string };
let claim: Awaited<ReturnType<typeof makeClaim>>;

beforeAll(async () => {
  fleet = await openFleet(shared);
  const serials = [...ours, ...sdk, ...plain].map(({ serial }) => ({ serial }));
  await enroll(fleet, sensor, [...serials, { serial: UNSEEN }, { serial: AMNESIAC }]);
  const description = await describeLocal(fleet);
  localFile = join(fleet.folder, 'local.json');
  await writeLocalFile(localFile, description);
  const line = description.lines.find(({ name }) => name === sensor);
  if (line === undefined) throw new Error('The deployment has no line "sensor"');
  home = { ...description, line };
  claim = await makeClaim(fleet, sensor, { name: 'onboarding', quota: 100 });
  const privateKey = await provePki.makeKey('ec-p256');
  unseen = { ...(await provisionPlainly(home, { serial: UNSEEN, privateKey, version: '5' })), privateKey };
  await onboardDevice(fleet, run(AMNESIAC));
});

afterAll(async () => {
  iot.destroy();
  await closeFleet(fleet);
});

const nameOf = (serial: string): string => `muster:sensor:${serial}`;
const stateOf = (serial: string): string => join(fleet.folder, 'devices', serial);
const run = (serial: string) => ({ serial, claim: claim.files.claim, mqttVersion: '5' as const });

const enrollmentOf = async (serial: string): Promise<Enrollment> => {
  const [enrollment] = await fleet.operator.store.readMany([z.parse(thingName, nameOf(serial))]);
  if (enrollment === undefined) throw new Error(`${serial} is not enrolled`);
  return enrollment;
};

const activated = (serial: string, certificateId?: string): Promise<Enrollment> =>
  eventually(`the activation of ${serial}`, async () => {
    const enrollment = await enrollmentOf(serial);
    const isSettled = enrollment.state === 'active' && enrollment.toRetire.length === 0;
    return isSettled && (certificateId ?? enrollment.certificateInUse) === enrollment.certificateInUse ? enrollment : undefined;
  });

describe('A device that nobody has seen', () => {
  test.each(ours)(
    'is onboarded by muster-device over MQTT $version with a key of kind $kind',
    async ({ serial, version, kind, type, details }) => {
      const device = await onboardDevice(fleet, { ...run(serial), mqttVersion: version, key: kind });
      devices.set(serial, device);
      expect(device).toMatchObject({ exitCode: 0, result: { outcome: 'onboarded', thingName: nameOf(serial), already: false } });
      const key = createPrivateKey(await readFile(join(stateOf(serial), 'device.private-key.pem')));
      expect({ type: key.asymmetricKeyType, details: key.asymmetricKeyDetails }).toEqual({
        type,
        details: expect.objectContaining(details) as unknown,
      });
      const certificate = new X509Certificate(await readFile(join(stateOf(serial), 'device.certificate.pem')));
      expect(certificate.checkPrivateKey(key)).toBe(true);
      expect(certificate.ca).toBe(false);
    },
  );

  test.each(sdk)("is onboarded by AWS's device SDK over MQTT $version, and speaks on its own topic", async ({ serial, version }) => {
    const printed: unknown = JSON.parse(await runSdkDevice(localFile, { line: sensor, serial, mqtt: version }));
    expect(printed).toEqual({ thingName: nameOf(serial), topic: `muster/things/${nameOf(serial)}/telemetry`, received: { hello: serial } });
  });

  test.each(plain)('is onboarded by MQTT.js as it comes over MQTT $version', async ({ serial, version }) => {
    const privateKey = await provePki.makeKey('ec-p256');
    const { certificate, thingName: name } = await provisionPlainly(home, { serial, privateKey, version });
    expect(name).toBe(nameOf(serial));
    const client = await connectPlainly(home, version, { certificate, privateKey, clientId: name });
    expect(client.connected).toBe(true);
    await client.endAsync();
  });

  test('becomes active when its certificate is seen, and has one certificate that is its alone', async () => {
    const trail = await openAuditTrail('muster');
    for (const { serial } of [...ours, ...sdk, ...plain]) {
      const enrollment = await activated(serial);
      expect(enrollment.certificates).toEqual([
        {
          ...{ id: enrollment.certificateInUse, key: enrollment.boundKey, issuedAt: expect.any(Number) as unknown },
          correlationId: expect.stringMatching(/^muster-claim-sensor-[0-9a-f]{32}$/) as unknown,
        },
      ]);
      expect(await registryOf(iot, nameOf(serial))).toEqual({
        type: 'muster-sensor',
        attributes: { tenant: 'acme', approach: 'pki' },
        groups: ['muster-line-sensor', 'muster-probation', 'muster-tenant-acme'],
        certificates: [
          {
            ...{ id: enrollment.certificateInUse, status: 'ACTIVE', attachment: 'EXCLUSIVE_THING', policies: ['muster-device-sensor'] },
            pem: expect.stringContaining('BEGIN CERTIFICATE') as unknown,
          },
        ],
      });
      const event = await eventually(`the audit event of ${serial}`, async () =>
        (await trail.events()).find((one) => one.code === 'device.activated' && one.serialNumber === serial),
      );
      expect(event).toMatchObject({ actor: { kind: 'service', name: 'activation' }, certificateId: enrollment.certificateInUse });
      expect(event.correlationId).toMatch(/^muster-claim-sensor-[0-9a-f]{32}$/);
    }
  }, 60_000);

  test('stays admitted, and no more, as long as nobody has seen it', async () => {
    expect(await enrollmentOf(UNSEEN)).toMatchObject({ state: 'admitted', certificates: [{ id: unseen.certificateId }] });
    const client = await connectPlainly(home, '5', { ...unseen, clientId: nameOf(UNSEEN) });
    await client.endAsync();
  });
});

describe('An onboarded device', () => {
  const serial = 'OURS-ec-p256-5';
  const neighbour = 'OURS-ec-p384-5';

  test("publishes and receives on its own topics, and is cut off on a neighbour's", async () => {
    const session = await connectDevice(fleet, deviceOf(serial));
    expect(await echo(session, `muster/things/${nameOf(serial)}/telemetry`)).toBe('hello');
    expect(await publishWhereForbidden(session, `muster/things/${nameOf(neighbour)}/telemetry`)).toBe('refused');
    await session.close();
  });

  test('may run muster-device again: nothing changes', async () => {
    const before = await enrollmentOf(serial);
    const again = await onboardDevice(fleet, run(serial));
    expect(again).toEqual({ exitCode: 0, result: { ...deviceOf(serial).result, already: true } });
    expect(await enrollmentOf(serial)).toEqual(before);
  });

  test('F13: connects with its own key and certificate, never with those of the claim', async () => {
    const claimKey = createPrivateKey(await readFile(claim.files.privateKey));
    const claimCertificate = await readFile(claim.files.certificate, 'utf8');
    const { certificate, privateKey } = deviceOf(serial).result['credential'] as { certificate: string; privateKey: string };
    const mine = new X509Certificate(await readFile(certificate));
    expect(mine.checkPrivateKey(createPrivateKey(await readFile(privateKey)))).toBe(true);
    expect(mine.checkPrivateKey(claimKey)).toBe(false);
    expect(mine.publicKey.equals(createPublicKey(claimKey))).toBe(false);
    expect(mine.fingerprint256).not.toBe(new X509Certificate(claimCertificate).fingerprint256);
    for (const name of await readdir(stateOf(serial))) {
      expect((await stat(join(stateOf(serial), name))).mode & 0o777).toBe(0o600);
      const text = await readFile(join(stateOf(serial), name), 'utf8');
      expect(text).not.toContain(claimKey.export({ type: 'pkcs8', format: 'pem' }).toString().split('\n')[1]);
    }
  });

  test('F13: is not spoken for by the claim', async () => {
    const identity = {
      certificate: await readFile(claim.files.certificate, 'utf8'),
      privateKey: await readFile(claim.files.privateKey, 'utf8'),
      clientId: nameOf(serial),
    };
    // The device itself has just connected under this name, and AWS IoT takes one connect a second of each.
    await setTimeout(1_100);
    await expect(connectPlainly(home, '5', identity)).rejects.toThrow('Not authorized');
  });
});

describe('A device that has lost everything but its key', () => {
  test('comes back with another certificate, which replaces those before it, and costs no quota', async () => {
    const before = await activated(AMNESIAC);
    // One for each serial that came in with this claim, however often.
    expect(await admitted()).toBe(ours.length + 1);
    const privateKey = await readFile(join(stateOf(AMNESIAC), 'device.private-key.pem'), 'utf8');
    const neverSeen = await provisionPlainly(home, { serial: AMNESIAC, privateKey, version: '5' });
    for (const file of ['onboarding.json', 'device.certificate.pem']) await rm(join(stateOf(AMNESIAC), file));
    const latest = String((await onboardDevice(fleet, run(AMNESIAC))).result['certificateId']);
    const enrollment = await activated(AMNESIAC, latest);
    expect(enrollment).toMatchObject({ boundKey: before.boundKey, certificates: [{ id: latest }] });
    expect((await registryOf(iot, nameOf(AMNESIAC))).certificates).toMatchObject([{ id: latest, status: 'ACTIVE' }]);
    for (const certificateId of [before.certificateInUse, neverSeen.certificateId]) await expectGone(certificateId);
    expect(await admitted()).toBe(ours.length + 1);
  });

  const admitted = async (): Promise<number | undefined> => (await fleet.operator.store.readClaim(claim.certificateId))?.admitted;
});

describe('A device that was seen for the first time long after it was admitted', () => {
  test('is active', async () => {
    expect(await activated(UNSEEN)).toMatchObject({ certificateInUse: unseen.certificateId });
  });
});

const expectGone = (certificateId: string | undefined): Promise<void> =>
  expect(iot.send(new DescribeCertificateCommand({ certificateId }))).rejects.toBeInstanceOf(ResourceNotFoundException);

const deviceOf = (serial: string): OnboardedDevice => {
  const device = devices.get(serial);
  if (device === undefined) throw new Error(`${serial} was not onboarded`);
  return device;
};
