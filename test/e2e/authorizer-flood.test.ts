import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { writePskEvidence } from '../../approaches/psk/evidence.ts';
import { issueKeys } from '../../cli/keys/issue-keys.ts';
import { readRecipient, recipientJwkOf } from '../../cli/keys/sealed-key.ts';
import { unsealKeys } from '../../cli/keys/unseal-keys.ts';
import type { AuditEvent } from '../../domain/audit-event.ts';
import { resourceNames } from '../../domain/resource-names.ts';
import { bounds } from '../../lambdas/device-authorizer/refusal-budget.ts';
import { aSerial } from '../builders/identifiers.ts';
import { bringIn } from './drivers/devices.ts';
import { type Fate, tryToConnect } from './drivers/mqtt-connection.ts';
import { enrollRows } from './drivers/proving-device.ts';
import { type PskCredential, PskDevice } from './drivers/psk-device.ts';
import { type Stage, lineOf, openStage, thingOf } from './drivers/stage.ts';

const LINE = 'valve';
const FORGED = 360;
/** Fewer than run of the function, so that suites beside this one find it free. */
const AT_ONCE = 12;
/** What the authorizer's function may run of at once, as it is deployed. */
const INSTANCES = 20;

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
}, 60_000);
afterAll(() => stage.close());

/** A device with its key, as a factory made it. */
const aValve = async (serial: string): Promise<PskDevice> => {
  await enrollRows(stage, [{ serial, line: LINE, approach: 'psk' }]);
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const out = join(stage.fleet.folder, `${randomUUID()}.jsonl`);
  await issueKeys(stage.fleet.operator.client, {
    ...{ line: lineOf(LINE), keyVersion: 1, out, isDryRun: false, serialNumbers: [aSerial(serial)] },
    recipient: recipientJwkOf(readRecipient(publicKey.export({ type: 'spki', format: 'pem' }).toString(), 'factory')),
    onBegin: () => undefined,
    onResults: () => undefined,
    signal: new AbortController().signal,
  });
  const { files } = await unsealKeys({ file: out, key: privateKey, directory: join(stage.fleet.folder, randomUUID()) });
  const credential = JSON.parse(await readFile(files[0] ?? '', 'utf8')) as PskCredential;
  return new PskDevice({ shared: stage.shared, line: lineOf(LINE), serialNumber: aSerial(serial), credential });
};

const connectAs = (device: PskDevice) => async (): Promise<Fate> =>
  tryToConnect({ shared: stage.shared, clientId: device.thingName, proof: await device.login() });

/** Somebody who knows how proofs look, and names a device. */
const forge = (serial: string): Promise<Fate> => {
  const clientId = thingOf(stage, LINE, serial);
  const authorizer = resourceNames(stage.fleet.operator.configuration.prefix).authorizer('psk');
  const password = writePskEvidence({ keyVersion: 1, at: Date.now(), counter: 1, mac: randomBytes(32).toString('base64url') });
  const username = `${clientId}?x-amz-customauthorizer-name=${authorizer}`;
  return tryToConnect({ shared: stage.shared, clientId, proof: { username, password } });
};

/** Every other one names the same device. */
const flood = async (victim: string): Promise<readonly Fate[]> => {
  const fates: Fate[] = [];
  const forgeOn = async (): Promise<void> => {
    for (let made = 0; made < FORGED / AT_ONCE; made += 1) fates.push(await forge(made % 2 === 0 ? victim : `F-${randomUUID()}`));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, forgeOn));
  return fates;
};

/** Tries until it is let in, as devices do; says how often. */
const untilIn = async (connect: () => Promise<Fate>): Promise<number> => {
  for (let tries = 1; tries <= 60; tries += 1) {
    if ((await connect()) === 'done') return tries;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error('It was not let in.');
};

/** The reasons why somebody was refused who named this device. */
const reasonsFor = async (serial: string): Promise<readonly (string | undefined)[]> => {
  const filterPattern = `{ ($.auditEvent.code = "connection.refused") && ($.auditEvent.serialNumber = "${serial}") }`;
  const reasons: (string | undefined)[] = [];
  let nextToken: string | undefined;
  do {
    const page = await stage.logs.send(new FilterLogEventsCommand({ logGroupName: stage.auditLogGroupName, filterPattern, nextToken }));
    for (const { message = '' } of page.events ?? []) {
      reasons.push((JSON.parse(message) as { readonly auditEvent: AuditEvent }).auditEvent.reason);
    }
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return reasons;
};

describe('A flood of forged connections on one authorizer', () => {
  test('lets nobody in, and keeps out neither who comes by the hook nor a device that holds its key', async () => {
    const connect = connectAs(await aValve('valve-in-the-flood'));
    expect(await connect()).toBe('done');
    const victim = `F-${randomUUID()}`;
    const flooding = flood(victim);
    const [onboarded] = await Promise.all([
      bringIn(stage, 'gateway', [{ serial: `gateway-${randomUUID().slice(0, 8)}` }]),
      untilIn(connect),
    ]);
    expect(onboarded).toHaveLength(1);
    const fates = await flooding;
    expect(fates).toHaveLength(FORGED);
    expect(fates).not.toContain('done');
    expect(await untilIn(connect)).toBe(1);
    const reasons = await reasonsFor(victim);
    const judged = reasons.filter((reason) => reason === 'evidence-refused').length;
    expect(judged).toBeGreaterThan(0);
    expect(judged).toBeLessThanOrEqual(bounds.perStranger * INSTANCES);
    expect(reasons).toContain('too-many-refusals');
    process.stdout.write(`Of ${FORGED / 2} forged connections in one name ${judged} asked KMS.\n`);
  }, 180_000);
});
