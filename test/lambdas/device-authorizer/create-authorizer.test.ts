import type { EnrollmentState } from '../../../domain/enrollment-state.ts';
import * as z from 'zod/mini';
import { rotationId } from '../../../domain/rotation/rotation.ts';
import { clockPrincipalOf, principalOf, rotationPrincipalOf } from '../../../domain/connection/principal.ts';
import type { ReasonCode } from '../../../domain/reason-code.ts';
import type { AuthorizerAnswer } from '../../../lambdas/device-authorizer/answer.ts';
import { thingNameOf } from '../../../domain/thing-name.ts';
import { NOON } from '../../builders/enrollment.ts';
import { aLine, aSerial } from '../../builders/identifiers.ts';
import { FLOOR_MS, aTinDevice, anAuthorizer, anAuthorizerWith, boundaries, stocked } from './authorizer-fixture.ts';
import { tinAuthorizer } from './tin-authorizer.ts';

const refused = { isAuthenticated: false };
const another = { serialNumber: aSerial('SN-2'), thingName: thingNameOf('muster', aLine(), aSerial('SN-2')) };
const own = 'muster/things/muster:sensor:SN-1';
const CONNECTION = '0c1d2e3f-0000-4000-8000-000000000001';

interface Document {
  readonly Statement: readonly { readonly Effect: string; readonly Action: readonly string[]; readonly Resource: readonly string[] }[];
}

/** What an answer allows, as `<action> <kind>/<name>`. */
const allowedBy = (answer: AuthorizerAnswer): string[] => {
  if (!answer.isAuthenticated) return [];
  const statements = answer.policyDocuments.flatMap((text) => (JSON.parse(text) as Document).Statement);
  expect(statements.every(({ Effect }) => Effect === 'Allow')).toBe(true);
  return statements
    .flatMap(({ Action, Resource }) =>
      Action.flatMap((action) =>
        Resource.map((arn) => `${action.replace('iot:', '')} ${arn.replace('arn:aws:iot:eu-west-1:111122223333:', '')}`),
      ),
    )
    .sort();
};

describe('An authorizer lets a device in', () => {
  test('as a principal that its name gives, for as long as its approach says and AWS IoT takes', async () => {
    const { connect } = anAuthorizer(await stocked());
    expect((await connect()).answer).toEqual({
      isAuthenticated: true,
      principalId: principalOf(aTinDevice().thingName),
      policyDocuments: [expect.any(String)],
      disconnectAfterInSeconds: 3_600,
      refreshAfterInSeconds: 300,
    });
  });

  test('as another principal while it shows what its rotation offered: that connection and no other completes it', async () => {
    const rotation = { id: z.parse(rotationId, 'muster-sensor-1'), startedAt: NOON, until: NOON + 1_000, next: {} };
    const { connect } = anAuthorizer(await stocked(aTinDevice({ state: 'rotating', rotation })));
    const { thingName } = aTinDevice();
    expect((await connect({ password: 'sesame!' })).answer).toMatchObject({ principalId: rotationPrincipalOf(thingName, rotation.id) });
    expect((await connect()).answer).toMatchObject({ principalId: principalOf(thingName) });
    const { connect: connectLater } = anAuthorizer(await stocked(aTinDevice({ state: 'active' })));
    expect((await connectLater({ password: 'sesame!' })).answer).toMatchObject({ principalId: principalOf(thingName) });
  });

  test('to what is its own, and what its line and its tenant share', async () => {
    const { connect } = anAuthorizer(await stocked());
    const line = 'muster/lines/sensor';
    const news = 'muster/tenants/acme/news';
    expect(allowedBy((await connect()).answer)).toEqual(
      [
        'Connect client/muster:sensor:SN-1',
        ...[`${own}/*`, `${line}/alerts`].map((name) => `Publish topic/${name}`),
        ...[`${own}/*`, `${line}/alerts`, `${line}/firmware`, news].map((name) => `Receive topic/${name}`),
        ...[`${own}/*`, `${line}/alerts`, `${line}/firmware`, news].map((name) => `Subscribe topicfilter/${name}`),
      ].sort(),
    );
  });

  test('and puts that on record under the id of the connection', async () => {
    const { connect, events } = anAuthorizer(await stocked());
    await connect();
    expect(events).toEqual([
      {
        ...{ schemaVersion: 1, id: 'event-1', at: NOON, code: 'connection.granted', actor: { kind: 'device' }, correlationId: CONNECTION },
        ...{ approach: 'tin', line: 'sensor', tenant: 'acme', serialNumber: 'SN-1', thingName: 'muster:sensor:SN-1' },
        credentialId: 'the-word',
      },
    ]);
  });

  test('at once', async () => {
    const { connect } = anAuthorizer(await stocked());
    expect((await connect()).tookMs).toBe(0);
  });

  test('under `<path>/<serial>` where its line has a path, and then under no other client id', async () => {
    const door = aTinDevice({ line: aLine('door'), thingName: thingNameOf('muster', aLine('door'), aSerial()) });
    const { connect } = anAuthorizer(await stocked(door));
    const username = 'muster:door:SN-1';
    const byPath = await connect({ username, clientId: 'projects/acme/devices/SN-1' });
    expect(allowedBy(byPath.answer).filter((allowed) => allowed.startsWith('Connect'))).toEqual([
      'Connect client/projects/acme/devices/SN-1',
    ]);
    const byName = await connect({ username, clientId: 'muster:door:SN-1' });
    expect(allowedBy(byName.answer).filter((allowed) => allowed.startsWith('Connect'))).toEqual(['Connect client/muster:door:SN-1']);
  });
});

describe('An authorizer lets a device in for one thing alone', () => {
  test('in quarantine: its diagnosis', async () => {
    const { connect, events } = anAuthorizer(await stocked(aTinDevice({ state: 'quarantined', quarantinedFrom: 'active' })));
    expect(allowedBy((await connect()).answer)).toEqual([
      'Connect client/muster:sensor:SN-1',
      `Publish topic/${own}/diagnosis/*`,
      `Receive topic/${own}/diagnosis/*`,
      `Subscribe topicfilter/${own}/diagnosis/*`,
    ]);
    expect(events).toEqual([expect.objectContaining({ code: 'connection.restricted', reason: 'quarantined', tenant: 'acme' })]);
  });

  test('and for nothing at all where its quarantine leaves it nothing', async () => {
    const device = aTinDevice({ state: 'quarantined', quarantinedFrom: 'active', quarantineLeavesNothing: true });
    const { connect, events } = anAuthorizer(await stocked(device));
    expect((await connect()).answer).toEqual({ isAuthenticated: false });
    expect(events).toEqual([expect.objectContaining({ code: 'connection.refused', reason: 'quarantined', tenant: 'acme' })]);
  });

  test('and nobody new where its line is closed, while those who were seen before stay', async () => {
    const closed = { ...boundaries, lines: boundaries.lines.map((line) => ({ ...line, isClosed: true })) };
    const store = await stocked(aTinDevice(), aTinDevice({ ...another, state: 'active' }));
    const { connect, events } = anAuthorizerWith({ authorizer: tinAuthorizer(store), boundaries: closed });
    expect((await connect()).answer).toEqual(refused);
    expect(events.at(-1)).toMatchObject({ code: 'connection.refused', reason: 'line-closed', tenant: 'acme' });
    const seen = { username: another.thingName, clientId: another.thingName };
    expect((await connect(seen)).answer).toMatchObject({ isAuthenticated: true });
  });

  test('when it does not know the time: to ask for it, for 300 s', async () => {
    const { connect, events } = anAuthorizer(await stocked());
    const { answer } = await connect({ password: 'sesame?' });
    expect(allowedBy(answer)).toEqual([
      'Connect client/muster:sensor:SN-1',
      `Publish topic/${own}/time/ask`,
      `Receive topic/${own}/time/tell`,
      `Subscribe topicfilter/${own}/time/tell`,
    ]);
    expect(answer).toMatchObject({ disconnectAfterInSeconds: 300, refreshAfterInSeconds: 300 });
    expect(answer).toMatchObject({ principalId: clockPrincipalOf(aTinDevice().thingName) });
    expect(events).toEqual([expect.objectContaining({ code: 'connection.restricted', reason: 'proof-outside-its-time' })]);
  });
});

describe('An authorizer refuses, after the same time and with the same words,', () => {
  const door = aTinDevice({ line: aLine('door'), serialNumber: aSerial('*') });
  test.each<[string, ReasonCode, Parameters<ReturnType<typeof anAuthorizer>['connect']>[0]]>([
    ['a device that is not enrolled', 'unknown-serial', { username: 'muster:sensor:SN-2', clientId: 'muster:sensor:SN-2' }],
    ['a device whose proof is not good', 'evidence-refused', { password: 'open' }],
    ['what its approach cannot read', 'malformed-request', { password: '{"evidence":' }],
    ['a line that does not come this way', 'another-approach', { username: 'muster:lamp:SN-1', clientId: 'muster:lamp:SN-1' }],
    ['another client id', 'malformed-request', { clientId: 'muster:sensor:SN-2' }],
    ['a client id by a path that its line has not', 'malformed-request', { clientId: 'projects/acme/devices/SN-1' }],
    [
      'a serial that would be a wildcard in a policy',
      'malformed-request',
      { username: 'muster:door:*', clientId: 'projects/acme/devices/*' },
    ],
  ])('%s', async (_, reason, client) => {
    const { connect, events } = anAuthorizer(await stocked(aTinDevice(), door));
    expect(await connect(client)).toEqual({ answer: refused, tookMs: FLOOR_MS });
    expect(events).toEqual([expect.objectContaining({ code: 'connection.refused', reason, approach: 'tin', correlationId: CONNECTION })]);
  });

  test.each<[EnrollmentState, ReasonCode]>([
    ['pending', 'pending-approval'],
    ['revoked', 'revoked'],
    ['decommissioned', 'decommissioned'],
  ])('a device that is %s, though its approach would let it in', async (state, reason) => {
    const { connect, events } = anAuthorizer(await stocked(aTinDevice({ state })));
    for (const password of ['sesame', 'sesame?']) expect((await connect({ password })).answer).toEqual(refused);
    expect(events.map((event) => [event.code, event.reason, event.tenant])).toEqual(
      [1, 2].map(() => ['connection.refused', reason, 'acme']),
    );
  });

  test('a device of another approach, though this one would let it in', async () => {
    const { connect, events } = anAuthorizer(await stocked(aTinDevice({ approach: 'pki' })));
    expect((await connect()).answer).toEqual(refused);
    expect(events[0]?.reason).toBe('another-approach');
  });

  test('and says on record who it was that could not be read, where the client id tells', async () => {
    const { connect, events } = anAuthorizer(await stocked());
    await connect({ password: '{' });
    expect(events).toEqual([expect.objectContaining({ line: 'sensor', serialNumber: 'SN-1', thingName: 'muster:sensor:SN-1' })]);
  });

  test('and puts no password on record', async () => {
    const { connect, events, faults } = anAuthorizer(await stocked());
    for (const password of ['{hush', 'hush', 'hush\u0000']) await connect({ password });
    expect(JSON.stringify([events, faults])).not.toContain('hush');
  });
});
