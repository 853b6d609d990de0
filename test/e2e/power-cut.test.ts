import { X509Certificate, createHash, createPrivateKey, randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { IoTClient } from '@aws-sdk/client-iot';
import * as z from 'zod/mini';
import { provePki } from '../../approaches/pki/prove.ts';
import { createClaim } from '../../cli/claims/create-claim.ts';
import { importManifest } from '../../cli/import/import-manifest.ts';
import { type FleetOperator, openFleetOperator } from '../../demo/fleet-operator.ts';
import type { ClaimSource } from '../../device/store/claim-source.ts';
import { systemClock } from '../../device/clock.ts';
import { createFileClaimSource } from '../../device/store/file-claim-source.ts';
import { openFileKeyStore } from '../../device/store/file-key-store.ts';
import type { MqttConnector, MqttSession } from '../../device/mqtt/mqtt-session.ts';
import { createMqttConnector } from '../../device/mqtt/mqttjs-connector.ts';
import { onboard } from '../../device/onboarding/onboard.ts';
import type { Outcome } from '../../device/outcome.ts';
import { type CertificateId, claimName, lineName, thingName } from '../../domain/identifiers.ts';
import { serialNumber } from '../../domain/serial-number.ts';
import { eventually } from '../../demo/eventually.ts';
import { Power, PowerCut, powered, poweredConnector } from '../fakes/power.ts';
import { VolatileMedium } from '../fakes/volatile-medium.ts';
import { certificatesOf } from './drivers/registry-of.ts';
import { useSharedEnvironment } from './environment/shared-environment.ts';

const MAX_MOMENTS = 120;
const line = z.parse(lineName, 'sensor');
const serialOf = (moment: number) => z.parse(serialNumber, `POWER-CUT-${moment}`);

const { mqtt, rootCa } = useSharedEnvironment();
const iot = new IoTClient();
const open = new Set<MqttSession>();
let directory: string;
let operator: FleetOperator;
let claim: ClaimSource;
let claimCertificate: CertificateId;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'muster-power-cut-'));
  operator = await openFleetOperator(process.env);
  const manifest = join(directory, 'devices.csv');
  await writeFile(manifest, ['serial', ...Array.from({ length: MAX_MOMENTS }, (_, index) => serialOf(index))].join('\n'));
  const defaults = { line: 'sensor', tenant: 'acme' };
  await importManifest(operator, { path: manifest, defaults, isUnsigned: true });
  const wishes = { name: z.parse(claimName, 'power-cut'), line, quota: MAX_MOMENTS, expiresAt: Date.now() + 86_400_000 };
  const created = await createClaim(operator.client, wishes, { out: directory, endpoint: `localhost:${mqtt.port}` });
  claimCertificate = created.certificateId;
  claim = createFileClaimSource({ claimFile: created.files.claim });
});

afterAll(async () => {
  await Promise.all([...open].map((session) => session.close()));
  iot.destroy();
  await rm(directory, { recursive: true });
});

// What a power cut leaves open on this side is closed at the end; the broker has a time-out of its own for it.
const remembering = (connector: MqttConnector): MqttConnector => ({
  connect: async (request) => {
    const session = await connector.connect(request);
    open.add(session);
    return session;
  },
});

const run = async (medium: VolatileMedium, moment: number, power = new Power()): Promise<Outcome> =>
  onboard(
    { serialNumber: serialOf(moment), timeoutMs: 20_000, answerMs: 5_000, keyKind: 'ec-p256', verifies: true, forgetsClaim: false },
    {
      store: await openFileKeyStore('/state', powered(power, medium.fileSystem)),
      claim,
      prover: provePki,
      connector: poweredConnector(
        power,
        remembering(
          createMqttConnector({
            clock: systemClock,
            trust: { roots: [rootCa] },
            version: moment % 2 === 0 ? '5' : '3.1.1',
            timeoutMs: 5_000,
          }),
        ),
      ),
      clock: systemClock,
      random: { fraction: () => 0.1, bytes: (count) => randomBytes(count) },
      notify: () => undefined,
    },
  );

const cutAt = async (moment: number): Promise<VolatileMedium> => {
  const medium = new VolatileMedium();
  const power = new Power(moment);
  await run(medium, moment, power).catch((error: unknown) => {
    if (!(error instanceof PowerCut)) throw error;
  });
  medium.recover(moment % 3 === 0);
  const outcome = await run(medium, moment);
  const configuration: unknown = expect.anything();
  expect([moment, outcome]).toEqual([moment, expect.objectContaining({ outcome: 'onboarded', configuration })]);
  return medium;
};

describe('a device whose power is cut while it is onboarded', () => {
  test('ends onboarded with one key and one active certificate, whatever the moment', async () => {
    const whole = new Power();
    const first = new VolatileMedium();
    expect(await run(first, 0, whole)).toMatchObject({ outcome: 'onboarded' });
    expect(whole.moments).toBeGreaterThan(40);
    expect(whole.moments).toBeLessThan(MAX_MOMENTS);
    const media = [first];
    for (let moment = 1; moment <= whole.moments; moment += 1) media.push(await cutAt(moment));
    for (const [moment, medium] of media.entries()) await expectOneCredential(moment, medium);
    expect((await operator.store.readClaim(claimCertificate))?.admitted).toBe(media.length);
  }, 180_000);
});

const expectOneCredential = async (moment: number, medium: VolatileMedium): Promise<void> => {
  const thing = `muster:sensor:${serialOf(moment)}`;
  const enrollment = await eventually(`the activation of ${thing} with one certificate`, async () => {
    const [found] = await operator.store.readMany([z.parse(thingName, thing)]);
    return found?.state === 'active' && found.certificates.length === 1 && found.toRetire.length === 0 ? found : undefined;
  });
  const [held, ...more] = await certificatesOf(iot, thing);
  expect([moment, held, more]).toEqual([
    moment,
    expect.objectContaining({ id: enrollment.certificateInUse, status: 'ACTIVE', attachment: 'EXCLUSIVE_THING' }),
    [],
  ]);
  const certificate = new X509Certificate(await medium.fileSystem.readText('/state/device.certificate.pem'));
  expect(certificate.fingerprint256.replaceAll(':', '').toLowerCase()).toBe(held?.id);
  expect(certificate.checkPrivateKey(createPrivateKey(await medium.fileSystem.readText('/state/device.private-key.pem')))).toBe(true);
  expect(digestOfKey(certificate)).toBe(enrollment.boundKey);
};

const digestOfKey = ({ publicKey }: X509Certificate): string =>
  createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('hex');
