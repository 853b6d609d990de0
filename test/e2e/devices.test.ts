import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ListThingGroupsForThingCommand } from '@aws-sdk/client-iot';
import { eventually } from '../../demo/eventually.ts';
import { enroll } from '../../demo/fleet.ts';
import type { AuditEvent } from '../../domain/audit-event.ts';
import { ecKeys, requestPem } from '../local/iot/certificate-requests.ts';
import { isDecision } from './drivers/audit-log.ts';
import { ClaimConnection } from './drivers/claim-connection.ts';
import { type Device, bringIn, provision } from './drivers/devices.ts';
import { MqttConnection } from './drivers/mqtt-connection.ts';
import { type TestPrincipal, aUser } from './drivers/principals.ts';
import { Program, type ProgramEnd, runProgram } from './drivers/program.ts';
import { certificatesOf } from './drivers/registry-of.ts';
import { type Stage, aClaim, lineOf, openStage } from './drivers/stage.ts';

let stage: Stage;
let directory: string;
let operator: TestPrincipal;
let security: TestPrincipal;
let support: TestPrincipal;
let auditor: TestPrincipal;

beforeAll(async () => {
  stage = await openStage();
  directory = await mkdtemp(join(tmpdir(), 'muster-devices-'));
  const home = { shared: stage.shared, configuration: stage.fleet.operator.configuration };
  [operator, security, support, auditor] = await Promise.all([
    aUser(home, 'operator'),
    aUser(home, 'security'),
    aUser(home, 'support'),
    aUser(home, 'auditor'),
  ]);
}, 60_000);

afterAll(async () => {
  await rm(directory, { recursive: true });
  await stage.close();
});

const start = (who: TestPrincipal, parameters: readonly string[]) => ({
  script: 'cli/main.ts',
  parameters,
  environment: who.environment,
  directory,
});

const muster = (who: TestPrincipal, ...parameters: readonly string[]): Promise<ProgramEnd> => runProgram(start(who, parameters));

const recordOf = async (serial: string): Promise<Readonly<Record<string, unknown>>> =>
  (JSON.parse((await muster(auditor, 'devices', 'show', serial, '--json')).out) as { device: Record<string, unknown> }).device;

const storyOf = async (who: TestPrincipal, serial: string) =>
  JSON.parse((await muster(who, 'explain', serial, '--json')).out) as {
    readonly conclusion: { readonly standing: string; readonly reason?: string };
    readonly chapters: readonly {
      readonly address?: string;
      readonly steps: readonly { readonly exchange: string; readonly outcome: string }[];
    }[];
  };

const groupsOf = async (thingName: string): Promise<readonly (string | undefined)[]> => {
  const { thingGroups = [] } = await stage.iot.send(new ListThingGroupsForThingCommand({ thingName }));
  return thingGroups.map(({ groupName }) => groupName).toSorted();
};

const connect = ({ thingName, identity }: Device) =>
  MqttConnection.dial({ shared: stage.shared, identity, clientId: thingName, version: 5 });

const open = async (device: Device): Promise<MqttConnection> => {
  const connection = await connect(device);
  if (typeof connection === 'string') throw new Error(`${device.thingName} could not connect: ${connection}`);
  return connection;
};

const isActive = (serial: string) =>
  eventually(`the activation of ${serial}`, async () => ((await recordOf(serial))['state'] === 'active' ? true : undefined));

describe('A device in quarantine', () => {
  const serial = 'DEV-QUARANTINE';
  let device: Device;

  beforeAll(async () => {
    [device] = (await bringIn(stage, 'meter', [{ serial }])) as [Device];
    await isActive(serial);
  }, 60_000);

  test('is cut off at once, and listed as what waits for an operator', async () => {
    const connection = await open(device);
    const { code, out } = await muster(security, 'devices', 'quarantine', serial, '--reason', 'odd traffic');
    expect({ code, out }).toEqual({
      code: 0,
      out: expect.stringContaining('keeps nothing but its diagnosis; it is quarantined') as unknown,
    });
    expect(await connection.lost).toBe('reason code 152');
    expect(await groupsOf(device.thingName)).toContain('muster-quarantine');
    const listed = await eventually('the list of quarantined devices', async () => {
      const list = await muster(operator, 'devices', 'list', '--state', 'quarantined');
      return list.out.includes(serial) ? list : undefined;
    });
    expect(listed.out).toMatch(/^LINE +SERIAL/);
  });

  test('is released, and may do again what it could', async () => {
    expect(await muster(security, 'devices', 'release', serial)).toMatchObject({ code: 0 });
    expect(await groupsOf(device.thingName)).not.toContain('muster-quarantine');
    expect(await recordOf(serial)).toMatchObject({ state: 'active' });
    expect(await muster(security, 'devices', 'release', serial)).toMatchObject({ code: 0 });
  });
});

describe('A device that is revoked', () => {
  const serial = 'DEV-REVOKED';

  test('takes two people, and never comes in again', async () => {
    const [device] = (await bringIn(stage, 'meter', [{ serial }])) as [Device];
    await isActive(serial);
    const connection = await open(device);
    const words = ['devices', 'revoke', serial, '--reason', 'sold with its key', '--yes'];
    expect(await muster(operator, ...words)).toMatchObject({ code: 3 });
    expect(await muster(security, ...words)).toMatchObject({ code: 0 });
    expect(await connection.lost).toBe('reason code 152');
    expect((await certificatesOf(stage.iot, device.thingName)).map(({ status }) => status)).toEqual(['REVOKED']);
    expect(await recordOf(serial)).toMatchObject({ state: 'revoked', toRetire: [], certificates: [] });
    expect((await storyOf(support, serial)).conclusion).toMatchObject({ standing: 'barred', reason: 'revoked' });
  }, 60_000);
});

describe('A device on a line that asks for its serial only', () => {
  const serial = 'DEV-PROBATION';
  let device: Device;

  test('is on probation until an operator confirms it', async () => {
    await enroll(stage.fleet, lineOf('sensor'), [{ serial }]);
    device = await provision(stage, { claim: await aClaim(stage, 'sensor', 1), serial });
    await (await open(device)).close();
    await isActive(serial);
    expect(await groupsOf(device.thingName)).toContain('muster-probation');
    const { out } = await muster(operator, 'devices', 'approve', serial);
    expect(out).toContain('is confirmed');
    expect(await groupsOf(device.thingName)).not.toContain('muster-probation');
    expect(await recordOf(serial)).toMatchObject({ onProbation: false });
  }, 60_000);

  test('names both keys when another asks for it, keeps the one that is right and revokes the other', async () => {
    const claim = await aClaim(stage, 'sensor', 2);
    const thief = await ClaimConnection.open(stage.shared, claim);
    const { certificateOwnershipToken } = await thief.certificateFor(requestPem({ keys: ecKeys() }));
    expect((await thief.registerThing(certificateOwnershipToken, { SerialNumber: serial })).result).toBe('rejected');
    const { clientId } = thief;
    await thief.close();

    const { evidence } = (await recordOf(serial)) as { evidence: { boundKey: string; contender: { key: string; correlationId: string } } };
    expect(evidence.contender.correlationId).toBe(clientId);
    const named = await muster(security, 'devices', 'resolve', serial);
    expect(named).toMatchObject({ code: 1 });
    for (const key of [evidence.boundKey, evidence.contender.key]) expect(named.out).toContain(key);
    const told = await eventually('the refusal in the log', async () => {
      const story = await muster(operator, 'explain', serial);
      return story.out.includes(clientId) ? story : undefined;
    });
    expect(told.out).toContain(`muster devices resolve ${serial} --keep`);

    const { code } = await muster(security, 'devices', 'resolve', serial, '--keep', evidence.contender.key.slice(0, 8), '--yes');
    expect(code).toBe(0);
    expect((await certificatesOf(stage.iot, device.thingName)).map(({ status }) => status)).toEqual(['REVOKED']);
    expect(await recordOf(serial)).toMatchObject({
      state: 'admitted',
      evidence: { boundKey: evidence.contender.key, refusedKeys: [evidence.boundKey] },
    });
  }, 60_000);
});

describe('muster explain', () => {
  test('F1: tells of a device that nobody enrolled why it is refused, and what to do', async () => {
    const serial = `DEV-${randomUUID()}`;
    const claim = await aClaim(stage, 'sensor', 1);
    const connection = await ClaimConnection.open(stage.shared, claim);
    const { certificateOwnershipToken } = await connection.certificateFor(requestPem({ keys: ecKeys() }));
    await connection.registerThing(certificateOwnershipToken, { SerialNumber: serial });
    await connection.close();
    const story = await eventually('the refusal in the log', async () => {
      const found = await storyOf(operator, serial);
      return found.conclusion.standing === 'refused' ? found : undefined;
    });
    expect(story.conclusion.reason).toBe('unknown-serial');
    expect(
      story.chapters
        .at(-1)
        ?.steps.filter(({ outcome }) => outcome === 'failed')
        .map(({ exchange }) => exchange),
    ).toEqual(['registration', 'verdict']);
  }, 60_000);

  test('tells of a device that came in every exchange of its onboarding', async () => {
    const serial = 'DEV-STORY';
    await bringIn(stage, 'gateway', [{ serial }]);
    await isActive(serial);
    const story = await eventually('the activation in the log', async () => {
      const found = await storyOf(operator, serial);
      return found.chapters.some(({ steps }) => steps.at(-1)?.exchange === 'connection') ? found : undefined;
    });
    expect(story.conclusion.standing).toBe('well');
    expect(story.chapters.at(-1)?.steps.map(({ exchange, outcome }) => `${exchange}: ${outcome}`)).toEqual([
      ...['claim-connection: done', 'signing-request: done', 'certificate: done', 'registration: done', 'verdict: done'],
      ...['provisioning: done', 'connection: done'],
    ]);
    const { out } = await muster(support, 'explain', serial, '--json');
    expect(out).not.toContain('"address"');
    expect(out).not.toContain('keyDigest');
  }, 60_000);

  test('says of a serial that nobody knows what to look for', async () => {
    expect(await muster(support, 'explain', 'DEV-NOBODY')).toMatchObject({
      code: 0,
      out: expect.stringContaining('Nobody enrolled "DEV-NOBODY"') as unknown,
    });
  });
});

describe('muster audit tail', () => {
  test('follows the log until it is interrupted, each event once', async () => {
    const serial = `DEV-${randomUUID().slice(0, 8)}`;
    const program = new Program(start(auditor, ['audit', 'tail', '--follow', '--since', '5m', '--serial', serial, '--json']));
    await enroll(stage.fleet, lineOf('meter'), [{ serial }]);
    await program.printed(serial);
    await muster(security, 'devices', 'quarantine', serial, '--reason', 'odd traffic');
    await program.printed('device.quarantined');
    const { code, out } = await program.interrupt();
    expect(code).toBe(0);
    const events = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as AuditEvent)
      .filter(isDecision);
    expect(events.map((event) => event.code)).toEqual(['device.registered', 'device.quarantined']);
    expect(events[1]).toMatchObject({ note: 'odd traffic' });
  }, 60_000);

  test('is not for support', async () => {
    expect(await muster(support, 'audit', 'tail')).toMatchObject({ code: 1, out: '' });
  });
});
