import { createHash, generateKeyPairSync } from 'node:crypto';
import { proveRecovery } from '../../../approaches/pki/prove/prove-recovery.ts';
import { recoveryProofs } from '../../../approaches/pki/verify/recovery.ts';
import type { Claim } from '../../../domain/claim.ts';
import type { Enrollment } from '../../../domain/enrollment.ts';
import { keyDigestOf } from '../../../domain/key-digest.ts';
import type { RecoveryStore } from '../../../domain/recovery/recovery-ports.ts';
import { recoveryPrincipalOf } from '../../../domain/recovery/recovery-connection.ts';
import { ticketDigestOf } from '../../../domain/recovery/recovery-ticket.ts';
import { createRecoveryAuthorizer } from '../../../lambdas/recovery-authorizer/recovery-authorizer.ts';
import { SERVER_NAME, anAuthorizerEvent } from '../../builders/authorizer-event.ts';
import { NOON, aCertificate, anEnrollment } from '../../builders/enrollment.ts';
import { aLine } from '../../builders/identifiers.ts';
import { aLambdaContext } from '../../builders/lambda-context.ts';
import { InMemoryEnrollmentStore } from '../../fakes/in-memory-enrollment-store.ts';
import { numberedIds } from '../../fakes/numbered-ids.ts';
import { recordedAuditLog } from '../../fakes/recorded-audit-log.ts';
import { recordedFaultLog } from '../../fakes/recorded-fault-log.ts';
import { SimulatedClock } from '../../fakes/simulated-clock.ts';

const TICKET = 'T'.repeat(43);
const CLIENT_ID = `muster-claim-sensor-${'0'.repeat(32)}`;

const kinds = {
  'P-256': () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  'P-384': () => generateKeyPairSync('ec', { namedCurve: 'P-384' }),
  'RSA-2048': () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
};

const keysOf = (kind: keyof typeof kinds = 'P-256') => {
  const { privateKey, publicKey } = kinds[kind]();
  return {
    privateKeyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    digest: keyDigestOf(publicKey.export({ type: 'spki', format: 'der' })),
  };
};

const device = keysOf();

const expired = (more: Partial<Enrollment> = {}): Enrollment =>
  anEnrollment({
    state: 'active',
    boundKey: device.digest,
    certificates: [aCertificate('one')],
    recovery: { ticket: ticketDigestOf(TICKET), until: NOON + 3_600_000 },
    ...more,
  });

const { thingName } = expired();

const passwordOf = ({
  clientId = CLIENT_ID,
  serverName = SERVER_NAME,
  ticket = TICKET,
  privateKeyPem = device.privateKeyPem,
  at = NOON,
} = {}) => proveRecovery({ privateKeyPem, ticket, at }, { serverName, clientId, thingName });

const aKnock = (more: Parameters<typeof anAuthorizerEvent>[0] = {}) =>
  anAuthorizerEvent({
    ...{ clientId: CLIENT_ID, username: `${thingName}?x-amz-customauthorizer-name=muster-recovery`, password: passwordOf() },
    ...more,
  });

const anAuthorizer = async (enrollment: Enrollment = expired(), lines = [aLine()], more: Partial<RecoveryStore> = {}) => {
  const enrollments = new InMemoryEnrollmentStore();
  await enrollments.register(enrollment);
  const claims: Claim[] = [];
  const store: RecoveryStore = {
    read: (thing, signal) => enrollments.read(thing, signal),
    use: async (next, claim) => {
      const outcome = await enrollments.replace(next);
      if (outcome === 'written') claims.push(claim);
      return outcome;
    },
    ...more,
  };
  const [audit, faults] = [recordedAuditLog(), recordedFaultLog()];
  const authorize = createRecoveryAuthorizer({
    ...{ prefix: 'muster', lines, store, proofs: recoveryProofs, audit, faults, clock: new SimulatedClock(NOON), newId: numberedIds() },
    ...{ scope: { partition: 'aws', region: 'eu-west-1', account: '111122223333' }, refusalFloorMs: 300 },
  });
  return {
    ...{ claims, events: audit.events, faults: faults.faults },
    knock: (event: unknown = aKnock()) => authorize(event, aLambdaContext()),
    read: async () => (await enrollments.readMany([thingName]))[0],
  };
};

describe('The recovery authorizer', () => {
  test('lets a device in by its ticket and its key: to provision, and nothing else', async () => {
    const { knock, claims, read, events } = await anAuthorizer();
    const answer = await knock();
    if (!answer.isAuthenticated) throw new Error('It was refused.');
    expect(answer).toMatchObject({ principalId: recoveryPrincipalOf(CLIENT_ID), disconnectAfterInSeconds: 300 });
    const allowed = answer.policyDocuments.flatMap((text) => {
      expect(text.length).toBeLessThanOrEqual(2_048);
      return (JSON.parse(text) as { Statement: { Resource: string[] }[] }).Statement.flatMap(({ Resource }) => Resource);
    });
    const reached = allowed.map((arn) => arn.replace(/^arn:aws:iot:eu-west-1:111122223333:/, ''));
    expect(reached.filter((name) => name.startsWith('client/'))).toEqual([`client/${CLIENT_ID}`]);
    expect(
      reached.filter(
        (name) =>
          !/^(client|topic(filter)?)\/(muster-claim|\$aws\/(certificates\/create-from-csr|provisioning-templates\/muster-sensor\/provision)\/)/.test(
            name,
          ),
      ),
    ).toEqual([]);
    expect(claims).toMatchObject([{ certificateId: answer.principalId, quota: 1, range: { from: 'SN-1', to: 'SN-1' } }]);
    expect(await read()).not.toHaveProperty('recovery');
    expect(events).toMatchObject([{ code: 'device.recovery-used', correlationId: CLIENT_ID, serialNumber: 'SN-1' }]);
  });

  test.each(Object.keys(kinds) as (keyof typeof kinds)[])('takes the signature of a key of %s', async (kind) => {
    const keys = keysOf(kind);
    const { knock } = await anAuthorizer(expired({ boundKey: keys.digest }));
    expect(await knock(aKnock({ password: passwordOf(keys) }))).toMatchObject({ isAuthenticated: true });
  });

  test('takes a ticket once, whoever shows it again or at the same moment', async () => {
    const { knock, claims } = await anAuthorizer();
    const others = ['1', '2', '3'].map((digit) => `muster-claim-sensor-${digit.repeat(32)}`);
    const answers = await Promise.all(others.map((clientId) => knock(aKnock({ clientId, password: passwordOf({ clientId }) }))));
    expect(answers.filter(({ isAuthenticated }) => isAuthenticated)).toHaveLength(1);
    expect(claims).toHaveLength(1);
    expect(await knock()).toEqual({ isAuthenticated: false });
  });

  test.each([
    ['the key of another', { password: passwordOf(keysOf()) }, 'evidence-refused'],
    ['a proof for another connection', { password: passwordOf({ clientId: `muster-claim-sensor-${'1'.repeat(32)}` }) }, 'evidence-refused'],
    ['a proof for another endpoint', { password: passwordOf({ serverName: 'elsewhere.example' }) }, 'evidence-refused'],
    ['another ticket', { password: passwordOf({ ticket: 'U'.repeat(43) }) }, 'no-open-recovery'],
    ['a proof of another time', { password: passwordOf({ at: NOON - 3_600_000 }) }, 'proof-outside-its-time'],
    ['the name of a thing that there is not', { username: 'muster:sensor:SN-9' }, 'unknown-serial'],
    ['a client id of a thing', { clientId: thingName, password: passwordOf({ clientId: thingName }) }, 'malformed-request'],
    ['a client id of another line', { clientId: `muster-claim-gateway-${'0'.repeat(32)}` }, 'malformed-request'],
    ['no name', { username: '' }, 'malformed-request'],
    ['a password that is no proof', { password: 'sesame' }, 'malformed-request'],
    [
      'a password with more than a proof',
      { password: JSON.stringify({ ...(JSON.parse(passwordOf()) as object), more: 1 }) },
      'malformed-request',
    ],
  ])('refuses %s, keeps the ticket, and says why on record only', async (_, change, reason) => {
    const { knock, read, events } = await anAuthorizer();
    expect(await knock(aKnock(change))).toEqual({ isAuthenticated: false });
    expect(events).toMatchObject([{ code: 'connection.refused', reason, approach: 'pki' }]);
    expect(await read()).toEqual(expired());
    expect(JSON.stringify(events)).not.toContain(TICKET);
  });

  test('knows no line that did not ask for it', async () => {
    const { knock, events } = await anAuthorizer(expired(), [aLine('gateway')]);
    expect(await knock()).toEqual({ isAuthenticated: false });
    expect(events).toMatchObject([{ reason: 'no-open-recovery' }]);
  });

  test('judges no more than ten who name one device within a minute', async () => {
    const { knock, events } = await anAuthorizer();
    for (let number = 0; number < 12; number += 1) {
      const clientId = `muster-claim-sensor-${createHash('md5').update(String(number)).digest('hex')}`;
      await knock(aKnock({ clientId, password: passwordOf({ clientId, ticket: 'U'.repeat(43) }) }));
    }
    expect(events.map(({ reason }) => reason).filter((reason) => reason === 'too-many-refusals')).toHaveLength(2);
  });

  test('refuses what it cannot read', async () => {
    const { knock, faults } = await anAuthorizer();
    for (const event of [null, {}, 'hello', { protocolData: null }]) expect(await knock(event)).toEqual({ isAuthenticated: false });
    expect(faults).toEqual([]);
  });

  test('refuses where the table cannot be read, and says so', async () => {
    const broken = () => Promise.reject(new Error('The table is not there.'));
    const { knock, events, faults } = await anAuthorizer(expired(), [aLine()], { read: broken });
    expect(await knock()).toEqual({ isAuthenticated: false });
    expect([events, faults]).toMatchObject([[{ reason: 'internal-error' }], [{ message: 'The table is not there.' }]]);
  });
});
