import { generateKeyPairSync } from 'node:crypto';
import { compactDecrypt } from 'jose';
import * as z from 'zod/mini';
import { readKeyBatch } from '../../../../approaches/psk/evidence/key-batch.ts';
import type { Enrollment } from '../../../../domain/enrollment.ts';
import { keysIssue } from '../../../../domain/operations/keys-issue.ts';
import { OperationError } from '../../../../domain/operation-error.ts';
import type { OperatorScope } from '../../../../domain/operator-scope.ts';
import { recipientIdOf, recipientJwk } from '../../../../domain/sealing.ts';
import { anEnrolledMeter } from '../../../approaches/psk/psk-world.ts';
import { aLine, aSerial, aTenant } from '../../../builders/identifiers.ts';
import { deviceKeyOf, inMemoryDeviceKeys } from '../../../fakes/in-memory-device-keys.ts';
import { inProcessOperations } from '../../../fakes/in-process-operations.ts';

const METER = aLine('meter');
const factory = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const recipient = z.parse(recipientJwk, factory.publicKey.export({ format: 'jwk' }));
const [one, two] = [aSerial('SN-1'), aSerial('SN-2')];

const anOperator: OperatorScope = { name: 'operator', role: 'operator' };
const aFactory: OperatorScope = { name: 'factory', role: 'factory' };

const world = async (enrollments: readonly Enrollment[] = [anEnrolledMeter(one), anEnrolledMeter(two)], scope = anOperator) => {
  const operations = inProcessOperations({ scopes: [scope], resources: { deviceKeys: inMemoryDeviceKeys({ keyVersions: [1, 2] }) } });
  for (const enrollment of enrollments) await operations.store.register(enrollment);
  const ask = (more: object = {}, wishes = {}) =>
    operations.client.call(keysIssue, { line: METER, keyVersion: 1, serialNumbers: [one, two], recipient, ...more }, wishes);
  return { ...operations, ask };
};

const opened = async (sealed: string | undefined) => {
  const { plaintext } = await compactDecrypt(sealed ?? '', factory.privateKey);
  return readKeyBatch(new TextDecoder().decode(plaintext));
};

describe('Keys of devices', () => {
  test('are issued to who can open them, with all that a device needs to connect', async () => {
    const { ask } = await world();
    const { results, sealed, kid } = await ask();
    expect(results).toEqual([
      { serialNumber: one, outcome: 'issued' },
      { serialNumber: two, outcome: 'issued' },
    ]);
    expect(kid).toBe(recipientIdOf(recipient));
    expect(await opened(sealed)).toMatchObject({
      line: METER,
      keyVersion: 1,
      authorizer: 'muster-psk',
      topicPrefix: 'muster',
      sessionSeconds: 7200,
      devices: [one, two].map((serialNumber) => ({
        serialNumber,
        thingName: `muster:meter:${serialNumber}`,
        key: deviceKeyOf({ line: METER, serialNumber, keyVersion: 1 }).toString('base64url'),
      })),
    });
  });

  test('are the same whenever they are issued, and others in another version', async () => {
    const { ask } = await world();
    const [first, again] = [await opened((await ask()).sealed), await opened((await ask()).sealed)];
    expect(again).toEqual(first);
    expect((await opened((await ask({ keyVersion: 2 })).sealed))?.devices[0]?.key).not.toBe(first?.devices[0]?.key);
  });

  test('are others for a device that was given away than its former owner may have had, and say so', async () => {
    const { ask, audit } = await world([anEnrolledMeter(one, { firstKeyVersion: 10_001 }), anEnrolledMeter(two)]);
    const devices = (await opened((await ask()).sealed))?.devices;
    const key = (serialNumber: typeof one, keyVersion: number) =>
      deviceKeyOf({ line: METER, serialNumber, keyVersion }).toString('base64url');
    expect(devices).toMatchObject([{ key: key(one, 10_001), keyVersion: 10_001 }, { key: key(two, 1) }]);
    expect(devices?.[1]).not.toHaveProperty('keyVersion');
    expect(audit.events.map(({ credentialId }) => credentialId)).toEqual(['v10001', 'v1']);
  });

  test('are each on record, with whose key they were encrypted to, and no key is', async () => {
    const { ask, audit } = await world();
    await ask();
    expect(audit.events).toMatchObject(
      [one, two].map((serialNumber) => ({
        code: 'device-key.issued',
        operation: 'keys.issue',
        actor: { kind: 'operator', arn: 'arn:aws:iam::111122223333:user/ann' },
        kid: recipientIdOf(recipient),
        credentialId: 'v1',
        line: METER,
        serialNumber,
      })),
    );
    const key = deviceKeyOf({ line: METER, serialNumber: one, keyVersion: 1 });
    const said = JSON.stringify(audit.events);
    for (const encoding of ['base64', 'base64url', 'hex'] as const) expect(said).not.toContain(key.toString(encoding));
  });

  test('are not issued in a dry run, which is on no record', async () => {
    const { ask, audit } = await world();
    expect(await ask({}, { isDryRun: true })).toEqual({
      results: [one, two].map((serialNumber) => ({ serialNumber, outcome: 'issued' })),
      kid: recipientIdOf(recipient),
    });
    expect(audit.events).toEqual([]);
  });

  test.each([
    ['nobody enrolled', [], 'not enrolled'],
    ['only looks like it', [anEnrolledMeter(aSerial('sn-1'))], 'not enrolled'],
    ['is of another approach', [anEnrolledMeter(one, { approach: 'pki' })], 'approach "pki"'],
    ['is in quarantine', [anEnrolledMeter(one, { state: 'quarantined', quarantinedFrom: 'active' })], 'quarantined'],
    ['is revoked', [anEnrolledMeter(one, { state: 'revoked' })], 'revoked'],
    ['is out of use', [anEnrolledMeter(one, { state: 'decommissioned' })], 'decommissioned'],
  ] as const)('are not issued for a device that %s', async (_, enrollments, why) => {
    const { ask, audit } = await world(enrollments);
    const { results, sealed } = await ask({ serialNumbers: [one] });
    expect(results).toMatchObject([{ serialNumber: one, outcome: 'refused', why: expect.stringContaining(why) as string }]);
    expect(sealed).toBeUndefined();
    expect(audit.events).toEqual([]);
  });

  test('are issued for the others where one is refused', async () => {
    const { ask } = await world([anEnrolledMeter(two)]);
    const { results, sealed } = await ask();
    expect(results.map(({ outcome }) => outcome)).toEqual(['refused', 'issued']);
    expect((await opened(sealed))?.devices.map(({ serialNumber }) => serialNumber)).toEqual([two]);
  });

  test.each([
    ['a line that has none', { line: aLine('sensor') }, 'ERR_INPUT'],
    ['a version that is not in use', { keyVersion: 3 }, 'ERR_INPUT'],
    ['no device', { serialNumbers: [] }, 'ERR_INPUT'],
    ['a device twice', { serialNumbers: [one, one] }, 'ERR_INPUT'],
    ['more than a hundred', { serialNumbers: Array.from({ length: 101 }, (__, index) => aSerial(`N-${index}`)) }, 'ERR_INPUT'],
    ['a private key to seal to', { recipient: factory.privateKey.export({ format: 'jwk' }) }, 'ERR_INPUT'],
    ['a key that is off its curve', { recipient: { ...recipient, x: 'AAAA' } }, 'ERR_INPUT'],
    [
      'an RSA key that is too short',
      { recipient: generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey.export({ format: 'jwk' }) },
      'ERR_INPUT',
    ],
  ])('are not issued for %s', async (_, input, code) => {
    const { ask } = await world();
    await expect(ask(input)).rejects.toMatchObject({ code });
  });
});

describe('A factory', () => {
  test('gets keys of devices that were never seen', async () => {
    const { ask } = await world(undefined, aFactory);
    expect((await ask()).results.map(({ outcome }) => outcome)).toEqual(['issued', 'issued']);
  });

  test.each(['admitted', 'active', 'rotating'] as const)('gets no key of a device that is %s, and an operator does', async (state) => {
    const enrollments = [anEnrolledMeter(one, { state })];
    const wanted = { serialNumbers: [one] };
    expect((await (await world(enrollments, aFactory)).ask(wanted)).results).toMatchObject([{ outcome: 'refused' }]);
    expect((await (await world(enrollments)).ask(wanted)).results).toMatchObject([{ outcome: 'issued' }]);
  });

  test('of other lines gets none', async () => {
    const { ask } = await world(undefined, { ...aFactory, lines: [aLine('sensor')] });
    await expect(ask()).rejects.toMatchObject({ code: 'ERR_NOT_ALLOWED' });
  });

  test('that sees other tenants is told that there is no such device', async () => {
    const { ask } = await world(undefined, { ...aFactory, tenants: [aTenant('globex')] });
    expect((await ask()).results).toMatchObject([{ outcome: 'refused', why: expect.stringContaining('not enrolled') as string }, {}]);
  });
});

test('Nothing is issued, and nothing on record, where KMS throttles', async () => {
  const busy = Object.assign(new Error('Rate exceeded'), { name: 'ThrottlingException' });
  const deviceKeys = { ...inMemoryDeviceKeys(), deriveKey: () => Promise.reject(busy) };
  const { client, store, audit } = inProcessOperations({ resources: { deviceKeys } });
  await store.register(anEnrolledMeter(one));
  const asking = client.call(keysIssue, { line: METER, keyVersion: 1, serialNumbers: [one], recipient });
  await expect(asking).rejects.toThrow(OperationError);
  await expect(asking).rejects.toMatchObject({ code: 'ERR_BUSY' });
  expect(audit.events).toEqual([]);
});
