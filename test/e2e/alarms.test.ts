import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { alarmDefinitions } from '../../domain/monitoring/alarms.ts';
import { claimsClose } from '../../domain/operations/claims-close.ts';
import { aClaimName } from '../builders/identifiers.ts';
import { AlarmStates } from './drivers/alarm-states.ts';
import { Losses } from './drivers/losses.ts';
import { type OwnFleet, deployOwnFleet } from './drivers/own-fleet.ts';
import { History } from './drivers/history.ts';
import { Outages } from './drivers/outages.ts';
import { runProgram } from './drivers/program.ts';
import { MANY, Troubles, fleetInTrouble } from './drivers/troubles.ts';

/** What rings in suites of their own, below the prefix: which of them drives it to ring and to clear. */
const drivenElsewhere: Readonly<Record<string, string>> = { 'defender-found': 'device-defender.test.ts' };

/** A queue gives a message out again after seven minutes; silence takes hours. */
const [RETRY_MS, HALF_HOUR_MS] = [8 * 60_000, 30 * 60_000];

let fleet: OwnFleet;
let states: AlarmStates;
let troubles: Troubles;
let outages: Outages;
let history: History;
let losses: Losses;

beforeAll(async () => {
  fleet = await deployOwnFleet({
    ...{ configuration: fleetInTrouble, isLogging: true },
    iotSettings: { requestRates: 'off', brokerRates: 'off' },
  });
  states = new AlarmStates(fleet);
  troubles = new Troubles(fleet);
  outages = new Outages({ fleet, states, troubles });
  history = new History(fleet);
  losses = new Losses(fleet);
}, 240_000);
afterAll(async () => {
  troubles.close();
  history.close();
  losses.close();
  states.close();
  await fleet.stop();
});

/** What the command prints. */
const muster = async (...parameters: readonly string[]): Promise<string> => {
  const { environment } = fleet.stage.shared;
  const { code, out, error } = await runProgram({ script: 'cli/main.ts', environment, directory: fleet.folder, parameters });
  expect({ code, error }).toEqual({ code: 0, error: '' });
  return out;
};

/** The ids of events that stand in lines, in one order. */
const idsIn = (text: string): readonly string[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => (JSON.parse(line) as { readonly id: string }).id)
    .toSorted();

/** What is done, and the alarms that ring for it. */
const driven: readonly { readonly what: string; readonly rings: readonly string[]; readonly act: () => Promise<void> }[] = [
  {
    what: 'devices that come by claim for serials that nobody registered',
    rings: lineAlarms('meter', 'tried-meter'),
    act: () => troubles.tryUnknownSerials('meter', 'tried-meter'),
  },
  { what: 'the same on another line', rings: lineAlarms('sensor', 'tried'), act: () => troubles.tryUnknownSerials('sensor', 'tried') },
  { what: 'a batch that is done', rings: ['claim-spent-quota'], act: () => troubles.spendClaim('spent') },
  { what: 'two keys for one serial', rings: ['contested'], act: () => troubles.contest() },
  { what: 'a certificate made by hand, used as a claim', rings: ['unknown-claim'], act: () => troubles.useUnknownClaim() },
  { what: 'two devices with one credential', rings: ['clone-suspected'], act: () => troubles.clone() },
  ...['psk', 'oauth', 'pki'].map((approach) => ({
    what: `forged proofs for the authorizer of ${approach}`,
    rings: [`${approach}-refusals`],
    act: () => troubles.forgeProofs(approach),
  })),
  { what: 'a certificate that somebody attached to a thing by hand', rings: ['reconciliation'], act: () => troubles.attachByHand() },
];

function lineAlarms(line: string, claim: string): readonly string[] {
  return [`line-${line}`, `refusals-of-line-${line}`, `claim-${claim}-refusals`, `claim-${claim}-enumeration`];
}

const doors = ['pre-provisioning-hook', 'psk-authorizer', 'oauth-authorizer', 'recovery-authorizer'] as const;

const failures = [
  ...doors.flatMap((door) => [
    { what: `${door} crashes`, rings: [`${door}-errors`], act: () => outages.crash(door) },
    { what: `${door} has no concurrency`, rings: [`${door}-throttles`], act: () => outages.throttle(door) },
  ]),
  { what: 'DynamoDB answers nothing', rings: ['admission-faults'], act: () => outages.breakTable() },
];

const lost = ['decisions-lost', 'events-lost'];
const rotations = ['rotation-halted', 'rotation-overdue'];

// The first: what functions tell by themselves, or remember, has the true time, which the clock leaves behind.
describe('While the clock is right', () => {
  test('a device rings that publishes what it may not', async () => {
    await troubles.publishForbidden();
    await states.whenRinging('publishes-refused');
  }, 120_000);

  test('a line that halts rings, and a credential that waits for weeks then, until somebody has it go on', async () => {
    await troubles.haltRotation();
    for (const name of rotations) await states.whenRinging(name);
    await troubles.resumeRotation();
    await states.forget();
    const after = await states.all();
    expect([...rotations, 'publishes-refused'].map((name) => after.get(name))).toEqual(['OK', 'OK', 'OK']);
  }, 120_000);
});

describe('An alarm rings for', () => {
  test.each(driven)(
    '$what: $rings',
    async ({ rings, act }) => {
      await act();
      for (const name of rings) await states.whenRinging(name);
    },
    120_000,
  );

  test('nothing, when what was is over', async () => {
    await states.forget();
    expect(await states.ringing()).toEqual([]);
  });

  test('a claim no longer than there is the claim', async () => {
    for (const name of ['spent', 'tried', 'tried-meter'])
      await fleet.stage.fleet.operator.client.call(claimsClose, { claim: { name: aClaimName(name) } });
    expect([...(await states.all()).keys()].filter((name) => /^claim-(spent|tried|tried-meter)-/.test(name))).toEqual([]);
  });
});

describe('Onboarding is down', () => {
  test.each(failures)(
    'when $what',
    async ({ rings, act }) => {
      await act();
      for (const name of [...rings, 'onboarding-down']) await states.whenRinging(name);
      await states.forget();
      expect((await states.all()).get('onboarding-down')).toBe('OK');
      expect((await states.all()).get(rings[0] ?? '')).toBe('OK');
    },
    120_000,
  );

  test('and no line is told of for it: whoever is woken knows whose fault it is', async () => {
    await troubles.tryUnknownSerials('sensor', 'again');
    await states.whenRinging('line-sensor');
    await outages.crash('pre-provisioning-hook');
    await states.whenRinging('onboarding-down');
    const during = await states.all();
    expect([during.get('line-sensor'), during.get('refusals-of-line-sensor')]).toEqual(['OK', 'ALARM']);
    await states.forget();
    expect(await states.ringing()).toEqual([]);
  }, 120_000);
});

describe('Of history', () => {
  test('what could not be stored rings, until somebody has brought it back', async () => {
    await history.crash('Intake', async () => {
      await troubles.tryUnknownSerials('sensor', 'unrecorded');
      await states.whenRinging('audit-stuck');
    });
    await states.forget();
    expect(await muster('audit', 'redrive')).toMatch(/^[1-9]\d* brought back, 0 failed again\.$/m);
    await states.forget();
    expect((await states.all()).get('audit-stuck')).toBe('OK');
  }, 120_000);

  test('what was brought back is sealed: whoever searches, exports from the log or from the archive finds the same', async () => {
    await history.seal();
    const wanted = ['--claim', 'unrecorded', '--code', 'admission.refused'];
    const searched = idsIn(await muster('audit', 'search', ...wanted, '--json'));
    expect(searched.length).toBeGreaterThan(0);
    for (const [name, ...from] of [['log'], ['archive', '--from-archive']] as const) {
      const out = join(fleet.folder, `${name}.jsonl`);
      await muster('audit', 'export', ...wanted, ...from, '--out', out);
      expect([name, ...idsIn(readFileSync(out, 'utf8'))]).toEqual([name, ...searched]);
    }
  }, 60_000);

  test('what the log may not hand on rings, until it may', async () => {
    await history.cutOff(async () => {
      await troubles.tryUnknownSerials('sensor', 'cut-off');
      await states.whenRinging('audit-undelivered');
    });
    await states.forget();
    expect((await states.all()).get('audit-undelivered')).toBe('OK');
  }, 120_000);

  test('what AWS told and nobody could put on record rings, until somebody has brought it back', async () => {
    await history.crash('Sources', async () => {
      await troubles.tryUnknownSerials('sensor', 'untold');
      await states.whenRinging('audit-unread', { lookMs: RETRY_MS });
    });
    await history.takeLetters(await states.watchedBy('audit-unread', 'QueueName'));
    await states.whenRinging('audit-unread', { state: 'OK', lookMs: RETRY_MS });
  }, 120_000);

  test.each([
    ['nobody seals', 'Sealing', 'audit-silent'],
    ['nobody looks for losses', 'Completeness', 'audit-uncompared'],
  ] as const)(
    'that %s rings, until somebody does',
    async (_what, schedule, alarm) => {
      await history.unscheduled(schedule, () => states.whenRinging(alarm, { lookMs: HALF_HOUR_MS }));
      await states.whenRinging(alarm, { state: 'OK', lookMs: RETRY_MS });
    },
    120_000,
  );

  test('what vanished without an error rings once it is too late to come, until that is on record', async () => {
    await losses.compareInTheEnd();
    await states.forget();
    await losses.silence(() => troubles.tryUnknownSerials('sensor', 'silenced'));
    await losses.unsubscribe(() => troubles.tryUnknownSerials('sensor', 'unsubscribed'));
    await losses.compareInTheEnd();
    for (const name of lost) await states.whenRinging(name);
    expect(await losses.lastTold('decisions.lost')).toBe(MANY);
    expect(await losses.lastTold('events.lost')).toBeGreaterThanOrEqual(MANY);
    await states.forget();
    await losses.compareInTheEnd();
    const after = await states.all();
    expect(lost.map((name) => after.get(name))).toEqual(['OK', 'OK']);
  }, 120_000);

  test('what was not sealed for hours rings, until it is', async () => {
    await history.seal();
    fleet.clock.advance(3 * 3_600_000);
    await history.seal();
    await states.whenRinging('audit-unsealed');
    await history.seal();
    await states.forget();
    expect((await states.all()).get('audit-unsealed')).toBe('OK');
  }, 120_000);
});

describe('Each alarm', () => {
  const here = [
    ...[
      'onboarding-down',
      'publishes-refused',
      'audit-stuck',
      'audit-undelivered',
      'audit-unread',
      'audit-silent',
      'audit-uncompared',
      'audit-unsealed',
      ...[...lost, ...rotations],
    ],
    ...[...driven, ...failures].flatMap(({ rings }) => rings),
  ];

  test('that is deployed is driven to ring and to clear', async () => {
    const names = [...(await states.all()).keys()].filter((name) => !name.startsWith('claim-'));
    expect(names.filter((name) => !here.includes(name) && !(name in drivenElsewhere))).toEqual([]);
  });

  test('that a deployment can have is, too', () => {
    const names = [...here, ...Object.keys(drivenElsewhere)];
    const isDriven = (pattern: string): boolean =>
      names.some((name) => new RegExp(`^${pattern.replaceAll(/<\w+>/g, '[\\w-]+')}$`).test(name));
    expect(Object.values(alarmDefinitions).filter(({ name }) => !isDriven(name))).toEqual([]);
  });

  test('is named by the suite that drives it, where it is another than this one', () => {
    for (const [name, suite] of Object.entries(drivenElsewhere)) {
      const file = join(import.meta.dirname, suite);
      expect(existsSync(file) && readFileSync(file, 'utf8').includes(name)).toBe(true);
    }
  });
});
