import { X509Certificate, randomBytes } from 'node:crypto';
import { eventually } from '../../demo/eventually.ts';
import { enroll } from '../../demo/fleet.ts';
import { ecKeys, requestPem } from '../local/iot/certificate-requests.ts';
import { type Aftermath, type BadRequest, type Claims, sendAll, serialOf } from './bad-requests/attempt.ts';
import { badCsrs } from './bad-requests/bad-csrs.ts';
import { badParameters } from './bad-requests/bad-parameters.ts';
import { badPayloads } from './bad-requests/bad-payloads.ts';
import { badTemplates, makeStrayTemplates, removeStrayTemplates } from './bad-requests/bad-templates.ts';
import { badTokens } from './bad-requests/bad-tokens.ts';
import { tokenOfAnotherAccount } from './bad-requests/another-account.ts';
import { decisionsOf } from './drivers/audit-log.ts';
import { certificateIdsOf, leftPending, traceOf } from './drivers/certificate-trace.ts';
import { ClaimConnection } from './drivers/claim-connection.ts';
import { iotLogOf } from './drivers/iot-log.ts';
import { type Stage, aClaim, admittedBy, enrollmentOf, lineOf, openStage } from './drivers/stage.ts';
import { aWideClaim } from './drivers/wide-claim.ts';

let stage: Stage;
let claims: Claims;
let foreignToken = '';
let aftermaths: ReadonlyMap<BadRequest, Promise<Aftermath>>;

const requests: readonly BadRequest[] = [...badPayloads, ...badParameters, ...badCsrs, ...badTokens(() => foreignToken), ...badTemplates];
/** Of devices that get further than the others. */
const further = ['AUTHORITY-1', 'REPLAY-1', 'RELEASED-1'];

beforeAll(async () => {
  stage = await openStage();
  const quota = requests.length + further.length;
  const [bad, wide, honest] = await Promise.all([
    aClaim(stage, 'sensor', 1),
    aWideClaim(stage, 'sensor', 1),
    aClaim(stage, 'sensor', quota),
  ]);
  claims = { bad, wide, honest };
  const serials = [...requests.map((_, index) => serialOf(index)), ...further];
  const registered = await enroll(
    stage.fleet,
    lineOf('sensor'),
    serials.map((serial) => ({ serial })),
  );
  expect(registered.created).toBe(serials.length);
  [foreignToken] = await Promise.all([tokenOfAnotherAccount(), makeStrayTemplates(stage)]);
  aftermaths = sendAll(stage, claims, requests);
}, 60_000);

afterAll(async () => {
  await Promise.allSettled(aftermaths.values());
  await removeStrayTemplates(stage);
  await stage.close();
});

const expectAnswer = ({ answer }: Aftermath, expected: BadRequest['answer']): void => {
  if (expected === 'hung up') {
    expect(answer.result).toBe('hung up');
    return;
  }
  expect(answer).toEqual({
    result: 'rejected',
    body: { statusCode: expected, errorCode: expect.any(String) as unknown, errorMessage: expect.any(String) as unknown },
  });
};

describe('A bad request', () => {
  test.each(requests.map((request) => [request.what, request] as const))(
    'is refused, and nothing comes of it: %s',
    async (_, request) => {
      const aftermath = await aftermaths.get(request);
      if (aftermath === undefined) throw new Error('The request was not sent.');
      expectAnswer(aftermath, request.answer);
      expect(aftermath.record.map(({ code, reason }) => [code, reason])).toEqual(
        request.reason === undefined ? [] : [['admission.refused', request.reason]],
      );
      expect(aftermath.certificates).toEqual(aftermath.certificates.map(() => leftPending));
      expect(aftermath.isThing).toBe(false);
      expect(aftermath.enrollment).toMatchObject({ state: 'registered', version: 1, certificates: [] });
      expect(aftermath.honestAnswer).toMatchObject({ result: 'accepted' });
    },
    30_000,
  );

  test('costs its claim nothing', async () => {
    expect(await Promise.all([claims.bad, claims.wide, claims.honest].map((claim) => admittedBy(stage, claim)))).toEqual([
      0,
      0,
      requests.length,
    ]);
  });

  test('tells nothing by its words: whatever our code refuses is answered alike', async () => {
    const judged = await Promise.all([...aftermaths].flatMap(([{ reason }, aftermath]) => (reason === undefined ? [] : [aftermath])));
    expect(new Set(judged.map(({ answer }) => JSON.stringify(answer))).size).toBe(1);
  });

  test.each(['1024 bits', 'secp224r1'])("that AWS IoT refuses before our code runs is in AWS IoT's own log: a key of %s", async (key) => {
    const entries = await iotLogOf(stage.shared, { eventType: 'GetDeviceCredentials', status: 'Failure', logLevel: 'ERROR' });
    expect(entries.filter(({ details }) => String(details).includes(key))).toHaveLength(1);
  });
});

describe('A request that is only odd', () => {
  test('gets a certificate that is no authority for a CSR that asks for one', async () => {
    const connection = await ClaimConnection.open(stage.shared, claims.honest);
    const issued = await connection.certificateFor(requestPem({ asksForAuthority: true }));
    const certificate = new X509Certificate(issued.certificatePem);
    expect(certificate.ca).toBe(false);
    expect(await connection.registerThing(issued.certificateOwnershipToken, { SerialNumber: 'AUTHORITY-1' })).toMatchObject({
      result: 'accepted',
      body: { thingName: 'muster:sensor:AUTHORITY-1' },
    });
    await connection.close();
  });

  test('is refused when it redeems a token twice, and what the first time brought stays', async () => {
    const admitted = await admittedBy(stage, claims.honest);
    const connection = await ClaimConnection.open(stage.shared, claims.honest);
    const issued = await connection.certificateFor(requestPem());
    const redeem = () => connection.registerThing(issued.certificateOwnershipToken, { SerialNumber: 'REPLAY-1' });
    expect(await redeem()).toMatchObject({ result: 'accepted' });
    expect(await redeem()).toMatchObject({ result: 'rejected', body: { statusCode: 400 } });
    await connection.close();
    expect(await certificateIdsOf(stage.iot, 'muster:sensor:REPLAY-1')).toEqual([issued.certificateId]);
    expect(await traceOf(stage.iot, issued.certificateId)).toEqual({
      status: 'ACTIVE',
      policies: ['muster-device-sensor'],
      things: ['muster:sensor:REPLAY-1'],
    });
    expect(await admittedBy(stage, claims.honest)).toBe((admitted ?? 0) + 1);
    const record = await eventually('the record', async () => {
      const found = await decisionsOf(stage, connection.clientId);
      return found.length > 0 ? found : undefined;
    });
    expect(record.map(({ code }) => code)).toEqual(['admission.granted']);
  });

  test('may correct itself: a token that the hook refused is still good', async () => {
    const connection = await ClaimConnection.open(stage.shared, claims.honest, { version: 5 });
    const { certificateOwnershipToken } = await connection.certificateFor(requestPem({ keys: ecKeys('P-384') }));
    expect(await connection.registerThing(certificateOwnershipToken, { SerialNumber: randomBytes(8).toString('hex') })).toMatchObject({
      result: 'rejected',
      body: { statusCode: 403 },
    });
    expect(await connection.registerThing(certificateOwnershipToken, { SerialNumber: 'RELEASED-1' })).toMatchObject({ result: 'accepted' });
    await connection.close();
    expect(await enrollmentOf(stage, 'sensor', 'RELEASED-1')).toMatchObject({ state: 'admitted', version: 2 });
  });
});
