import { createPrivateKey, createPublicKey } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DescribeCertificateCommand } from '@aws-sdk/client-iot';
import { createIotFieldClaims } from '../../aws/iot/field-claims.ts';
import { createFieldClaim, fieldClaimName } from '../../cli/claims/create-field-claim.ts';
import { eventually } from '../../demo/eventually.ts';
import { resourceNames } from '../../domain/resource-names.ts';
import { anIDevId, aVendorCa } from '../builders/vendor.ts';
import type { ClaimCredential } from './drivers/claim-connection.ts';
import { type Device, provision } from './drivers/devices.ts';
import { MqttConnection } from './drivers/mqtt-connection.ts';
import { enrollRows } from './drivers/proving-device.ts';
import { type Stage, enrollmentOf, lineOf, openStage, thingOf } from './drivers/stage.ts';

const serial = 'EXPIRED-1';
const line = lineOf('meter');
/** Long enough to be imported and to connect once, on a busy machine. */
const LIFE_MS = 20_000;

let stage: Stage;
let out: string;

beforeAll(async () => {
  stage = await openStage();
  out = await mkdtemp(join(tmpdir(), 'muster-expired-'));
});
afterAll(async () => {
  await rm(out, { recursive: true });
  await stage.close();
});

const dial = ({ identity, thingName }: Pick<Device, 'identity' | 'thingName'>) =>
  MqttConnection.dial({ shared: stage.shared, identity, clientId: thingName, version: 5 });

/** What a technician makes beside the device: five minutes, one device, on record under the technician's name. */
const aTechniciansClaim = async (): Promise<ClaimCredential> => {
  const names = resourceNames(stage.fleet.operator.configuration.prefix);
  const ports = {
    client: stage.fleet.operator.client,
    fieldClaims: createIotFieldClaims(stage.iot),
    templateName: names.template(line),
  };
  const wishes = { name: fieldClaimName(line), line, quota: 1 };
  const { certificateId, files } = await createFieldClaim(ports, wishes, { out, endpoint: stage.fleet.endpoint });
  return {
    identity: { certificatePem: await readFile(files.certificate, 'utf8'), privateKeyPem: await readFile(files.privateKey, 'utf8') },
    certificateId,
    clientIdPrefix: names.claimClientIdPrefix(line),
    template: names.template(line),
  };
};

describe('A device whose certificate expired in the field', () => {
  test('F20: is refused by AWS IoT, and comes in again with its key by the claim of a technician, which retires what expired', async () => {
    const expiresAt = Math.ceil((Date.now() + LIFE_MS) / 1000) * 1000;
    const born = await anIDevId(await aVendorCa(), serial, { notAfter: new Date(expiresAt) });
    const row = { serial, line, pinned_key: born.pem, registration: 'in-advance', certificate: born.pem };
    await enrollRows(stage, [row]);
    const old = { thingName: thingOf(stage, line, serial), identity: { certificatePem: born.pem, privateKeyPem: born.keyPem } };
    const connection = await dial(old);
    if (typeof connection === 'string') throw new Error(`It could not connect while its certificate counted: ${connection}`);
    await connection.close();
    const expired = await eventually('its activation', async () => (await enrollmentOf(stage, line, serial))?.certificateInUse);

    await sleep(expiresAt + 1_000 - Date.now());
    expect(typeof (await dial(old))).toBe('string');

    const privateKey = createPrivateKey(born.keyPem);
    const keys = { privateKey, publicKey: createPublicKey(privateKey) };
    const device = await provision(stage, { claim: await aTechniciansClaim(), serial, keys });
    expect(device.thingName).toBe(old.thingName);
    const again = await dial(device);
    if (typeof again === 'string') throw new Error(`It could not connect by what it was given: ${again}`);
    await again.close();
    await eventually('the end of what expired', async () => {
      const { certificateInUse, toRetire = [], certificates = [] } = (await enrollmentOf(stage, line, serial)) ?? {};
      return certificateInUse === device.certificateId && toRetire.length === 0 && certificates.length === 1 ? true : undefined;
    });
    const gone = { name: 'ResourceNotFoundException' };
    await expect(stage.iot.send(new DescribeCertificateCommand({ certificateId: expired }))).rejects.toMatchObject(gone);
  }, 90_000);
});
