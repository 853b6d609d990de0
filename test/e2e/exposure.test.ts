import * as z from 'zod/mini';
import { eventually } from '../../demo/eventually.ts';
import type { OperationsClient } from '../../domain/operations-client.ts';
import { devicesQuarantine } from '../../domain/operations/devices-quarantine.ts';
import { devicesRelease } from '../../domain/operations/devices-release.ts';
import { devicesRevoke } from '../../domain/operations/devices-revoke.ts';
import { POLICY_PROPAGATION_MS } from '../../domain/policy-propagation.ts';
import { serialNumber } from '../../domain/serial-number.ts';
import { RunningClock } from '../../local/running-clock.ts';
import { type Device, bringIn, provision } from './drivers/devices.ts';
import { tryToConnect } from './drivers/mqtt-connection.ts';
import { type OwnDeployment, deployForThisSuite } from './drivers/own-deployment.ts';
import { aUser } from './drivers/principals.ts';
import { type Restless, type Visit, visit } from './drivers/restless-device.ts';
import { type Stage, aClaim, enrollmentOf, lineOf, openStage } from './drivers/stage.ts';
import type { SharedEnvironment } from './environment/shared-environment.ts';

const LINE = 'meter';
/** IoT developer guide, "AWS IoT Core policies": from six to eight minutes; the local AWS takes seven. */
const AWS_PROPAGATION_MS = 8 * 60_000;
const LONG_MS = 60_000;

const clock = new RunningClock();
let own: OwnDeployment;
let stage: Stage;
let shared: SharedEnvironment;
let security: OperationsClient;
let operator: OperationsClient;

// Time is moved here, so that nobody else can be on this local AWS.
beforeAll(async () => {
  own = await deployForThisSuite({ clock });
  ({ shared } = own);
  stage = await openStage();
  const home = { shared, configuration: stage.fleet.operator.configuration };
  security = await (await aUser(home, 'security')).open();
  operator = await (await aUser(home, 'operator')).open();
}, 120_000);

afterAll(async () => {
  await stage.close();
  await own.stop();
});

const nameOf = (serial: string) => ({ serialNumber: z.parse(serialNumber, serial), line: lineOf(LINE) });

/** A device that is in, was seen, and comes back whenever it is cut off. */
const aRestless = async (serial: string): Promise<Restless> => {
  const [device] = (await bringIn(stage, LINE, [{ serial }])) as [Device];
  const restless = { shared, device, clock };
  await visit(restless, 0);
  const isActive = async () => ((await enrollmentOf(stage, LINE, serial))?.state === 'active' ? true : undefined);
  await eventually(`the activation of ${serial}`, isActive);
  return restless;
};

/** Acts while the device is connected: how long it stayed connected after that, and what it did meanwhile. */
const cutOffBy = async (restless: Restless, act: () => Promise<unknown>): Promise<{ readonly at: number; readonly first: Visit }> => {
  const connected = Promise.withResolvers<undefined>();
  const staying = visit(restless, LONG_MS, () => {
    connected.resolve(undefined);
  });
  await connected.promise;
  const at = clock.now();
  await act();
  return { at, first: await staying };
};

const moveTo = (time: number): void => {
  clock.advance(Math.max(0, time - clock.now()));
};

const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

test('Quarantine, and a device that comes back again and again: what it is exposed to until AWS IoT knows', async () => {
  const serial = 'EXPOSED';
  const restless = await aRestless(serial);
  const { at, first } = await cutOffBy(restless, () => security.call(devicesQuarantine, { ...nameOf(serial), note: 'odd traffic' }));
  expect(first).toMatchObject({ isCutOff: true });
  expect(first.endedAt - at).toBeLessThanOrEqual(1_000);

  const between: Visit[] = [];
  for (const minute of [0, 2, 4, 6, 7.5]) {
    moveTo(at + minute * 60_000);
    between.push(await visit(restless, LONG_MS));
  }
  expect(between.map(({ isCutOff }) => isCutOff)).toEqual(between.map(() => true));
  const longest = Math.max(...between.map(({ connectedAt, strayedUntil }) => strayedUntil - connectedAt));

  moveTo(at + AWS_PROPAGATION_MS);
  const after = await visit(restless, LONG_MS);
  moveTo(at + POLICY_PROPAGATION_MS);
  const inPeace = await visit(restless, 10_000);
  expect([after.strayed, inPeace.strayed]).toEqual([0, 0]);
  expect(inPeace).toMatchObject({ isCutOff: false });
  expect(inPeace.diagnosed).toBeGreaterThan(0);

  const strayed = between.map((one) => one.strayed);
  expect(longest).toBeLessThan(15_000);
  print(
    `Quarantine: first disconnect ${first.endedAt - at} ms after the command; longest exposure until the policy binds ${seconds(longest)} ` +
      `(messages outside diagnosis by connection: ${strayed.join(', ')}); after ${AWS_PROPAGATION_MS / 60_000} minutes: 0.`,
  );
}, 120_000);

/** Ends in a sentence with the figure. */
const isShutOut = async (restless: Restless, act: () => Promise<unknown>): Promise<string> => {
  const { at, first } = await cutOffBy(restless, act);
  expect(first.endedAt - at).toBeLessThanOrEqual(1_000);
  const { identity, thingName } = restless.device;
  clock.advance(1_000);
  expect(await tryToConnect({ shared, identity, clientId: thingName, version: 5 })).not.toBe('done');
  return `first disconnect ${first.endedAt - at} ms after the command; no connection after it.`;
};

test('Quarantine that leaves nothing: the device is cut off and opens no connection, until it is released', async () => {
  const serial = 'SEALED';
  const restless = await aRestless(serial);
  const said = await isShutOut(restless, () => security.call(devicesQuarantine, { ...nameOf(serial), note: 'stolen', now: true }));
  print(`Quarantine --now: ${said}`);
  await security.call(devicesRelease, nameOf(serial));
  expect((await visit(restless, 1_000)).strayed).toBeGreaterThan(0);
}, 120_000);

test('Revocation: the device is cut off, opens no connection again, and is not let in anew', async () => {
  const wish = { ...nameOf('ENDED'), note: 'stolen' };
  const restless = await aRestless('ENDED');
  await expect(operator.call(devicesRevoke, wish)).rejects.toThrow('two people');
  print(`Revocation: ${await isShutOut(restless, () => security.call(devicesRevoke, wish))}`);
  await expect(provision(stage, { claim: await aClaim(stage, LINE, 1), serial: 'ENDED' })).rejects.toThrow('was not let in');
}, 120_000);
