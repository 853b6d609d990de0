import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DescribeCertificateCommand } from '@aws-sdk/client-iot';
import * as z from 'zod/mini';
import { proveRecovery } from '../../approaches/pki/prove/prove-recovery.ts';
import { eventually } from '../../demo/eventually.ts';
import { stateFiles } from '../../device/store/file-key-store.ts';
import { type RecoveryTicket, recoveryTicket } from '../../domain/recovery/recovery-ticket.ts';
import { anIDevId, aVendorCa } from '../builders/vendor.ts';
import { decisionsOf } from './drivers/audit-log.ts';
import { MqttConnection } from './drivers/mqtt-connection.ts';
import { type TestPrincipal, aUser } from './drivers/principals.ts';
import { type ProgramEnd, runProgram } from './drivers/program.ts';
import { enrollRows } from './drivers/proving-device.ts';
import { type Stage, enrollmentOf, lineOf, openStage, thingOf } from './drivers/stage.ts';

const line = lineOf('gateway');
/** Long enough to be imported and to connect once, on a busy machine. */
const LIFE_MS = 20_000;

let stage: Stage;
let out: string;
let operator: TestPrincipal;
let security: TestPrincipal;

beforeAll(async () => {
  stage = await openStage();
  out = await mkdtemp(join(tmpdir(), 'muster-recovery-'));
  const home = { shared: stage.shared, configuration: stage.fleet.operator.configuration };
  [operator, security] = await Promise.all([aUser(home, 'operator'), aUser(home, 'security')]);
}, 60_000);
afterAll(async () => {
  await rm(out, { recursive: true });
  await stage.close();
});

const customAuth = (): string => `localhost:${stage.shared.mqtt.customAuthPort}`;

/** Runs the command of an operator for one ticket file. */
const recover = (who: TestPrincipal, serial: string, file: string): Promise<ProgramEnd> =>
  runProgram({
    script: 'cli/main.ts',
    parameters: ['devices', 'recover', serial, '--reason', 'it expired in the field', '--out', file, '--endpoint', customAuth()],
    environment: who.environment,
    directory: out,
  });

const aTicket = async (serial: string, name: string): Promise<{ readonly file: string; readonly ticket: RecoveryTicket }> => {
  const file = join(out, `${name}.ticket.json`);
  expect(await recover(operator, serial, file)).toMatchObject({ code: 3 });
  expect(await recover(operator, serial, file)).toMatchObject({ code: 3 });
  const { code, out: said } = await recover(security, serial, file);
  expect({ code, said }).toEqual({ code: 0, said: expect.stringContaining('may come back by a ticket') as unknown });
  const ticket = z.parse(recoveryTicket, JSON.parse(await readFile(file, 'utf8')));
  expect(said).not.toContain(ticket.ticket);
  return { file, ticket };
};

/** A device whose certificate is about to be over, and the state that its program keeps. */
const anExpiring = async (serial: string, lifeMs: number) => {
  const expiresAt = Math.ceil((Date.now() + lifeMs) / 1000) * 1000;
  const born = await anIDevId(await aVendorCa(), serial, { notAfter: new Date(expiresAt) });
  await enrollRows(stage, [{ serial, line, pinned_key: born.pem, registration: 'in-advance', certificate: born.pem }]);
  const thingName = thingOf(stage, line, serial);
  const state = await mkdtemp(join(out, 'device-'));
  const [{ id: certificateId } = { id: '' }] = (await enrollmentOf(stage, line, serial))?.certificates ?? [];
  const registration = { certificateId, certificatePem: born.pem, thingName, endpoint: stage.fleet.endpoint };
  const record = { schemaVersion: 1, serialNumber: serial, stage: 'onboarded', registration };
  await writeFile(join(state, stateFiles.key), born.keyPem, { mode: 0o600 });
  await writeFile(join(state, stateFiles.certificate), born.pem, { mode: 0o600 });
  await writeFile(join(state, stateFiles.record), JSON.stringify(record), { mode: 0o600 });
  const dial = (certificatePem: string) =>
    MqttConnection.dial({
      shared: stage.shared,
      identity: { certificatePem, privateKeyPem: born.keyPem },
      clientId: thingName,
      version: 5,
    });
  return { ...{ thingName, state, born, certificateId, dial }, isOver: () => sleep(Math.max(0, expiresAt + 1_000 - Date.now())) };
};

const musterDevice = (state: string, ticket: string): Promise<ProgramEnd> =>
  runProgram({
    script: 'device/cli.ts',
    parameters: ['recover', '--ticket', ticket, '--state', state, '--ca', stage.fleet.rootCa, '--timeout', '20s'],
    environment: {},
    directory: out,
  });

/** Shows a ticket as a device does. */
const show = (
  { ticket, thingName, authorizer, clientIdPrefix }: RecoveryTicket,
  { keyPem }: { readonly keyPem: string },
  random: string,
) => {
  const clientId = clientIdPrefix + createHash('md5').update(random).digest('hex');
  const password = proveRecovery({ privateKeyPem: keyPem, ticket, at: Date.now() }, { serverName: 'localhost', clientId, thingName });
  const username = `${thingName}?x-amz-customauthorizer-name=${authorizer}`;
  return MqttConnection.dial({ shared: stage.shared, proof: { username, password }, clientId, version: 5 });
};

describe('A device whose certificate expired in the field, and a ticket that two people made', () => {
  test('come together: it proves its old key, gets another certificate, and what expired is retired', async () => {
    const serial = 'RECOVER-1';
    const device = await anExpiring(serial, LIFE_MS);
    const connection = await device.dial(device.born.pem);
    if (typeof connection === 'string') throw new Error(`It could not connect while its certificate counted: ${connection}`);
    await connection.close();
    await eventually('its activation', async () => (await enrollmentOf(stage, line, serial))?.certificateInUse);
    const { file, ticket } = await aTicket(serial, 'first');
    await device.isOver();
    expect(typeof (await device.dial(device.born.pem))).toBe('string');

    const stranger = await anIDevId(await aVendorCa(), serial);
    expect(await show(ticket, stranger, 'stranger')).toBe('reason code 135');

    const { code, error } = await musterDevice(device.state, file);
    expect({ code, error }).toEqual({ code: 0, error: expect.stringContaining(`Onboarded as ${device.thingName}`) as unknown });
    await eventually('the end of what expired', async () => {
      const { certificateInUse, toRetire = [], certificates = [] } = (await enrollmentOf(stage, line, serial)) ?? {};
      return certificateInUse !== device.certificateId && toRetire.length === 0 && certificates.length === 1 ? true : undefined;
    });
    const gone = { name: 'ResourceNotFoundException' };
    await expect(stage.iot.send(new DescribeCertificateCommand({ certificateId: device.certificateId }))).rejects.toMatchObject(gone);
    expect(await show(ticket, device.born, 'again')).toBe('reason code 135');
    const again = await musterDevice(device.state, file);
    expect(again.code).toBe(77);
  }, 120_000);

  test('open the topics of provisioning and nothing else, for this one serial, on record with both names', async () => {
    const serial = 'RECOVER-2';
    const device = await anExpiring(serial, 3_600_000);
    const { ticket } = await aTicket(serial, 'second');
    const opened = await enrollmentOf(stage, line, serial);
    expect(opened?.lastEvent).toMatchObject({ code: 'device.recovery-opened', proposedBy: operator.arn, actor: { arn: security.arn } });
    expect(JSON.stringify(opened)).not.toContain(ticket.ticket);

    const connection = await show(ticket, device.born, 'narrow');
    if (typeof connection === 'string') throw new Error(`The ticket opened nothing: ${connection}`);
    expect(await connection.subscribe(`$aws/provisioning-templates/${ticket.template}/provision/json/accepted`)).toBe('done');
    expect(await connection.subscribe(`muster/things/${device.thingName}/commands/#`)).toBe('reason code 135');
    expect(await connection.publish(`muster/things/${device.thingName}/telemetry`, 'x')).toBe('reason code 135');
    await connection.close();
    expect((await enrollmentOf(stage, line, serial))?.lastEvent).toMatchObject({ code: 'device.recovery-used', actor: { kind: 'device' } });
    const clientId = ticket.clientIdPrefix + createHash('md5').update('narrow').digest('hex');
    await eventually('the record', async () => ((await decisionsOf(stage, clientId)).length > 0 ? true : undefined));
  }, 60_000);
});
