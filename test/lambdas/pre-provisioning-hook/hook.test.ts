import { readFile } from 'node:fs/promises';
import { revoke } from '../../../domain/changes/revoke.ts';
import type { LineSettings } from '../../../domain/line-settings.ts';
import { hookParameters } from '../../../domain/admission/provisioning-contract.ts';
import { aClaim } from '../../builders/claim.ts';
import { aDeviceKey } from '../../builders/device-certificate.ts';
import { NOON, anEnrollment } from '../../builders/enrollment.ts';
import { CLIENT_ID, aHookEvent } from '../../builders/hook-event.ts';
import { aCertificateId, aClaimName, aKey, aLine, aSerial } from '../../builders/identifiers.ts';
import { aLineSettings } from '../../builders/line-settings.ts';
import { FLOOR_MS, aHook, stockedStore } from './hook-fixture.ts';

const device = await aDeviceKey();
const thief = await aDeviceKey();
const refused = { allowProvisioning: false };
const key = { claim: aClaim().certificateId, thing: anEnrollment().thingName };

describe('The hook admits', () => {
  test('a registered device, and names everything that the template makes', async () => {
    const { call } = aHook(await stockedStore());
    const { answer } = await call(aHookEvent(device.certificatePem));
    expect(answer).toMatchObject({
      allowProvisioning: true,
      parameterOverrides: { ThingName: 'muster:sensor:SN-1', TenantGroup: 'muster-tenant-acme' },
    });
    expect(answer.allowProvisioning && Object.keys(answer.parameterOverrides).sort()).toEqual([...hookParameters].sort());
  });

  test('at once, without the wait that refusals take', async () => {
    const { call } = aHook(await stockedStore());
    expect((await call(aHookEvent(device.certificatePem))).tookMs).toBe(0);
  });

  test('and binds the serial to the key of the certificate', async () => {
    const store = await stockedStore();
    await aHook(store).call(aHookEvent(device.certificatePem));
    const { enrollment, claim } = await store.readForAdmission(key);
    expect(enrollment).toMatchObject({ state: 'admitted', boundKey: device.digest });
    expect(claim?.admitted).toBe(1);
  });

  test('a device that returns with its key and another certificate', async () => {
    const { call } = aHook(await stockedStore());
    await call(aHookEvent(device.certificatePem));
    const { answer } = await call(aHookEvent(device.certificatePem, { certificateId: aCertificateId('second') }));
    expect(answer.allowProvisioning).toBe(true);
  });

  test('a device whose key is the pinned one', async () => {
    const { call } = aHook(await stockedStore(anEnrollment({ requirement: { pinnedKey: device.digest } })));
    expect((await call(aHookEvent(device.certificatePem))).answer.allowProvisioning).toBe(true);
  });

  test('and puts one event on record: the one that was written with the state', async () => {
    const store = await stockedStore();
    const { call, events } = aHook(store);
    await call(aHookEvent(device.certificatePem));
    const { enrollment } = await store.readForAdmission(key);
    expect(events).toEqual([enrollment?.lastEvent]);
    expect(events[0]).toMatchObject({ code: 'admission.granted', id: 'event-1', correlationId: CLIENT_ID, keyDigest: device.digest });
  });
});

describe('The hook refuses', () => {
  test.each([
    ['F1: a serial that nobody registered', 'unknown-serial', { parameters: { SerialNumber: 'SN-2' } }, undefined],
    ['a serial that differs in case', 'unknown-serial', { parameters: { SerialNumber: 'sn-1' } }, undefined],
    ['a serial with white space inside', 'unknown-serial', { parameters: { SerialNumber: 'SN -1' } }, undefined],
    ['a serial in full-width letters', 'unknown-serial', { parameters: { SerialNumber: 'ＳＮ-1' } }, undefined],
    ['a claim that is not known', 'unknown-claim', { claimCertificateId: aCertificateId('stranger') }, undefined],
    ['a key that is not the pinned one', 'not-the-pinned-key', {}, anEnrollment({ requirement: { pinnedKey: aKey('pinned') } })],
    ['a device in quarantine', 'quarantined', {}, anEnrollment({ state: 'quarantined', quarantinedFrom: 'registered' })],
    ['a certificate that cannot be read', 'unacceptable-key', { certificatePem: 'garbage' }, undefined],
    ['evidence that nobody asked for', 'evidence-refused', { parameters: { SerialNumber: 'SN-1', Evidence: '{"a":1}' } }, undefined],
  ])('%s: %s', async (_, reason, change, enrollment) => {
    const store = await stockedStore(enrollment);
    const before = await store.readForAdmission(key);
    const { call, events } = aHook(store);
    const { answer, tookMs } = await call(aHookEvent(thief.certificatePem, change));
    expect(answer).toEqual(refused);
    expect(events).toEqual([expect.objectContaining({ code: 'admission.refused', reason, correlationId: CLIENT_ID })]);
    expect(tookMs).toBe(FLOOR_MS);
    expect(await store.readForAdmission(key)).toEqual(before);
  });

  test.each([
    ['closed', aClaim({ state: 'closed' }), 'claim-closed'],
    ['out of quota', aClaim({ quota: 0 }), 'claim-quota-exhausted'],
  ] as const)('a claim that is %s', async (_, claim, reason) => {
    const { call, events } = aHook(await stockedStore(anEnrollment(), claim));
    expect((await call(aHookEvent(device.certificatePem))).answer).toEqual(refused);
    expect(events[0]?.reason).toBe(reason);
  });
});

describe('A ban outlives re-provisioning', () => {
  const stamp = { id: 'event-9', at: NOON, actor: { kind: 'operator', arn: 'arn:aws:iam::111122223333:user/ann' } } as const;
  const another = aClaim({ name: aClaimName('batch-2'), certificateId: aCertificateId('another claim') });

  /** The one device of the store came in by its key, and was revoked. */
  const revokedStore = async () => {
    const store = await stockedStore();
    await store.createClaim(another);
    await aHook(store).call(aHookEvent(device.certificatePem));
    const { enrollment } = await store.readForAdmission(key);
    const change = revoke(enrollment ?? anEnrollment(), stamp);
    if (change.outcome === 'changed') await store.replace(change.enrollment);
    return store;
  };

  test.each([
    ['by its own key and a new certificate', device, {}],
    ['by another key', thief, {}],
    ['by another claim', device, { claimCertificateId: another.certificateId }],
  ] as const)('%s, also where the line lets other keys in', async (_, { certificatePem }, change) => {
    for (const reprovision of ['never', 'released', 'replace'] as const) {
      const store = await revokedStore();
      const before = await store.readForAdmission(key);
      const { call, events } = aHook(store, { lines: [aLineSettings({ attestation: 'serial-only', reprovision })] });
      const { answer } = await call(aHookEvent(certificatePem, { certificateId: aCertificateId('new'), ...change }));
      expect(answer).toEqual(refused);
      expect(events).toEqual([expect.objectContaining({ code: 'admission.refused', reason: 'revoked' })]);
      expect(await store.readForAdmission(key)).toEqual(before);
    }
  });
});

describe('The hook goes by the settings of its line', () => {
  const sensor = (more: Partial<LineSettings>) => ({ lines: [aLineSettings({ attestation: 'serial-only', ...more })] });

  test('and refuses for a line that has none', async () => {
    const { call, events } = aHook(await stockedStore(), { lines: [aLineSettings({ name: aLine('gateway') })] });
    expect((await call(aHookEvent(device.certificatePem))).answer).toEqual(refused);
    expect(events).toEqual([expect.objectContaining({ reason: 'unknown-template', line: 'sensor', serialNumber: 'SN-1' })]);
  });

  test('F1: a serial alone lets nobody in where a line demands more', async () => {
    const { call, events } = aHook(await stockedStore(), sensor({ attestation: 'pinned-key' }));
    expect((await call(aHookEvent(thief.certificatePem))).answer).toEqual(refused);
    expect(events[0]).toMatchObject({ reason: 'evidence-too-weak', keyDigest: thief.digest });
  });

  test('a device that waits for approval is refused like any other, and takes as long, each time', async () => {
    const store = await stockedStore();
    const { call, events } = aHook(store, sensor({ approval: 'operator' }));
    const answers = [await call(aHookEvent(device.certificatePem)), await call(aHookEvent(device.certificatePem))];
    expect(answers).toEqual(Array.from({ length: 2 }, () => ({ answer: refused, tookMs: FLOOR_MS })));
    expect(events.map(({ code, reason }) => reason ?? code)).toEqual(['admission.held', 'pending-approval', 'pending-approval']);
    const { enrollment } = await store.readForAdmission(key);
    expect(enrollment).toMatchObject({ state: 'pending', pending: { key: device.digest, correlationId: CLIENT_ID } });
    expect(events[0]).toEqual(enrollment?.lastEvent);
  });

  test('and comes in with the key that was approved, and with no other', async () => {
    const store = await stockedStore(anEnrollment({ approvedKey: device.digest }));
    const { call } = aHook(store, sensor({ approval: 'operator' }));
    expect((await call(aHookEvent(thief.certificatePem))).answer).toEqual(refused);
    expect((await call(aHookEvent(device.certificatePem))).answer.allowProvisioning).toBe(true);
  });

  test('a device is put where the rules of the line say, and told what they say', async () => {
    const allocation = [{ when: { market: ['eu'] }, group: 'europe', configuration: { reportSeconds: 60 } }];
    const { call } = aHook(await stockedStore(anEnrollment({ attributes: { market: 'eu' } })), sensor({ allocation }));
    const { answer } = await call(aHookEvent(device.certificatePem));
    if (!answer.allowProvisioning) throw new Error('refused');
    expect(answer.parameterOverrides.LineGroup).toBe('muster-line-sensor:europe');
    expect(JSON.parse(answer.parameterOverrides.DeviceConfiguration)).toMatchObject({ settings: { reportSeconds: 60 } });
  });

  test('F32: a second key is refused, and the first time both keys are on record by an event of its own', async () => {
    const { call, events } = aHook(await stockedStore());
    for (const pem of [device, thief, thief].map(({ certificatePem }) => certificatePem)) await call(aHookEvent(pem));
    expect(events.map(({ code }) => code)).toEqual(['admission.granted', 'device.contested', 'admission.refused', 'admission.refused']);
    expect(events[1]).toMatchObject({ keyDigest: thief.digest, boundKeyDigest: device.digest });
  });
});

describe('The hook refuses as malformed', () => {
  const good = aHookEvent(device.certificatePem);
  const parameters = (given: unknown) => ({ ...good, parameters: given });

  test.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['text', 'event'],
    ['a list', [good]],
    ['an event without parameters', { ...good, parameters: undefined }],
    ['an event without a certificate', { ...good, certificatePem: undefined }],
    ['a certificate id in capitals', { ...good, certificateId: good.certificateId.toUpperCase() }],
    ['a claim id that is none', { ...good, claimCertificateId: 'x' }],
    ['no client id', { ...good, clientId: '' }],
    ['parameters that are a list', parameters(['SN-1'])],
    ['no serial', parameters({})],
    ['an empty serial', parameters({ SerialNumber: '' })],
    ['a serial that is a number', parameters({ SerialNumber: 1 })],
    ['a serial that is a list', parameters({ SerialNumber: ['SN-1'] })],
    ['a serial that is an object', parameters({ SerialNumber: { S: 'SN-1' } })],
    ['a serial with white space at its end', parameters({ SerialNumber: 'SN-1 ' })],
    ['a serial with a zero-width space', parameters({ SerialNumber: 'SN\u200b-1' })],
    ['a serial with a right-to-left override', parameters({ SerialNumber: '\u202eSN-1' })],
    ['a serial of 129 bytes', parameters({ SerialNumber: 'x'.repeat(129) })],
    ['F2: a parameter that names the thing', parameters({ SerialNumber: 'SN-1', ThingName: 'muster:sensor:SN-2' })],
    ['a parameter in other case', parameters({ serialNumber: 'SN-1' })],
    ['a parameter that does not exist', parameters({ SerialNumber: 'SN-1', Colour: 'red' })],
    ['evidence that is no text', parameters({ SerialNumber: 'SN-1', Evidence: {} })],
    ['evidence that is no JSON', parameters({ SerialNumber: 'SN-1', Evidence: '{' })],
    ['empty evidence', parameters({ SerialNumber: 'SN-1', Evidence: '' })],
    ['evidence that is too long', parameters({ SerialNumber: 'SN-1', Evidence: JSON.stringify('x'.repeat(4_095)) })],
    ['evidence that reaches for a prototype', parameters(JSON.parse('{"SerialNumber":"SN-1","__proto__":{"a":1}}'))],
  ])('%s', async (_, event) => {
    const { call, events } = aHook(await stockedStore());
    const { answer, tookMs } = await call(event);
    expect(answer).toEqual(refused);
    expect(tookMs).toBe(FLOOR_MS);
    expect(events).toEqual([expect.objectContaining({ code: 'admission.refused', reason: 'malformed-request' })]);
  });

  test('and still records who came, as far as it can be read', async () => {
    const { call, events } = aHook(await stockedStore());
    await call(parameters({ SerialNumber: 'SN-1', ThingName: 'muster:sensor:SN-2' }));
    await call({ clientId: 7 });
    expect(events[0]).toMatchObject({ correlationId: CLIENT_ID, line: 'sensor', serialNumber: 'SN-1', certificateId: good.certificateId });
    expect(events[1]).toMatchObject({ correlationId: 'unreadable' });
    expect(events[1]).not.toHaveProperty('serialNumber');
  });

  test('deeply nested evidence is only text to it', async () => {
    const { call, events } = aHook(await stockedStore());
    const depth = 2_000;
    await call(parameters({ SerialNumber: 'SN-1', Evidence: `${'['.repeat(depth)}${']'.repeat(depth)}` }));
    expect(events[0]?.reason).toBe('evidence-refused');
  });
});

describe('The hook takes its line from the template', () => {
  test.each([
    ['of another account', 'arn:aws:iot:eu-west-1:999999999999:provisioningtemplate/muster-sensor'],
    ['of another region', 'arn:aws:iot:us-east-1:111122223333:provisioningtemplate/muster-sensor'],
    ['of another deployment', 'arn:aws:iot:eu-west-1:111122223333:provisioningtemplate/other-sensor'],
    ['whose line cannot be one', 'arn:aws:iot:eu-west-1:111122223333:provisioningtemplate/muster-SENSOR'],
    ['with a path of its own', 'arn:aws:iot:eu-west-1:111122223333:provisioningtemplate/x/muster-sensor'],
    ['that is no template', 'arn:aws:iot:eu-west-1:111122223333:thing/muster-sensor'],
    ['that is no ARN', 'muster-sensor'],
    ['that is empty', ''],
  ])('and refuses one %s', async (_, templateArn) => {
    const { call, events } = aHook(await stockedStore());
    expect((await call(aHookEvent(device.certificatePem, { templateArn }))).answer).toEqual(refused);
    expect(events[0]?.reason).toBe('unknown-template');
  });

  test('so that a claim of one line opens no other', async () => {
    const gateway = anEnrollment({ line: aLine('gateway'), serialNumber: aSerial('SN-9') });
    const { call, events } = aHook(await stockedStore(gateway));
    const templateArn = 'arn:aws:iot:eu-west-1:111122223333:provisioningtemplate/muster-gateway';
    await call(aHookEvent(device.certificatePem, { templateArn, parameters: { SerialNumber: 'SN-9' } }));
    expect(events[0]?.reason).toBe('claim-of-another-line');
  });
});

test('The handler of the function does nothing while it is loaded but make a client', async () => {
  const source = await readFile('lambdas/pre-provisioning-hook/handler.ts', 'utf8');
  expect(source).not.toMatch(/\bawait\b/);
});
