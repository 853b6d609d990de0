import { setTimeout } from 'node:timers/promises';
import { eventually } from '../../demo/eventually.ts';
import { enroll } from '../../demo/fleet.ts';
import type { AuditEvent } from '../../domain/audit-event.ts';
import { digestOf } from '../builders/device-certificate.ts';
import { type KeyPair, ecKeys, requestPem } from '../local/iot/certificate-requests.ts';
import { decisionsOf } from './drivers/audit-log.ts';
import { certificateIdsOf, leftPending, traceOf } from './drivers/certificate-trace.ts';
import { type Answer, ClaimConnection, type ClaimCredential, type IssuedCertificate } from './drivers/claim-connection.ts';
import { type Stage, aClaim, admittedBy, enrollmentOf, lineOf, openStage } from './drivers/stage.ts';

const RACES = 25;
const AT_ONCE = 4;
/** AWS IoT takes ten requests a second of each kind; two racers make a race. */
const BETWEEN_WAVES_MS = 1_100;

interface Racer {
  readonly connection: ClaimConnection;
  readonly keys: KeyPair;
  readonly certificate: IssuedCertificate;
}

interface Finish extends Racer {
  readonly answer: Answer;
  readonly record: readonly AuditEvent[];
}

let stage: Stage;
let claims: readonly [ClaimCredential, ClaimCredential];
let finishes: readonly (readonly Finish[])[];

const serialOf = (race: number): string => `RACE-${race}`;

const racer = async (claim: ClaimCredential): Promise<Racer> => {
  const connection = await ClaimConnection.open(stage.shared, claim, { version: 5 });
  const keys = ecKeys();
  return { connection, keys, certificate: await connection.certificateFor(requestPem({ keys })) };
};

const recordFor = ({ connection }: Racer): Promise<readonly AuditEvent[]> =>
  eventually('the record of a racer', async () => {
    const record = await decisionsOf(stage, connection.clientId);
    return record.length > 0 ? record : undefined;
  });

/** Two devices that hold a certificate each ask for the same serial at the same time, every other time from different claims. */
const race = async (number: number): Promise<readonly Finish[]> => {
  const [one, other] = claims;
  const racers = await Promise.all([racer(one), racer(number % 2 === 0 ? one : other)]);
  const SerialNumber = serialOf(number);
  const answers = await Promise.all(
    racers.map(({ connection, certificate }) => connection.registerThing(certificate.certificateOwnershipToken, { SerialNumber })),
  );
  const records = await Promise.all(racers.map(recordFor));
  await Promise.all(racers.map(({ connection }) => connection.close()));
  return racers.map((each, index) => ({
    ...each,
    answer: answers[index] ?? { result: 'hung up', body: {} },
    record: records[index] ?? [],
  }));
};

beforeAll(async () => {
  stage = await openStage();
  claims = await Promise.all([aClaim(stage, 'sensor', RACES), aClaim(stage, 'sensor', RACES)]);
  const numbers = Array.from({ length: RACES }, (_, index) => index);
  await enroll(
    stage.fleet,
    lineOf('sensor'),
    numbers.map((number) => ({ serial: serialOf(number) })),
  );
  const run: (readonly Finish[])[] = [];
  for (let first = 0; first < RACES; first += AT_ONCE) {
    run.push(...(await Promise.all(numbers.slice(first, first + AT_ONCE).map(race))));
    await setTimeout(BETWEEN_WAVES_MS);
  }
  finishes = run;
}, 60_000);

afterAll(() => stage.close());

const split = (finish: readonly Finish[]): { readonly winners: readonly Finish[]; readonly losers: readonly Finish[] } => ({
  winners: finish.filter(({ answer }) => answer.result === 'accepted'),
  losers: finish.filter(({ answer }) => answer.result === 'rejected'),
});

describe('Two devices with different keys that ask for one serial at the same time', () => {
  test(`have exactly one winner, ${RACES} times`, () => {
    expect(finishes.map((finish) => [split(finish).winners.length, split(finish).losers.length])).toEqual(
      Array.from({ length: RACES }, () => [1, 1]),
    );
  });

  test('have a loser that learns no more than that it was refused', () => {
    for (const { answer } of finishes.flatMap((finish) => split(finish).losers)) expect(answer.body).toMatchObject({ statusCode: 403 });
  });

  test('are both on record: one admitted, one refused because the serial is bound to another key', () => {
    for (const finish of finishes) {
      const [winner] = split(finish).winners;
      const [loser] = split(finish).losers;
      expect(winner?.record).toEqual([expect.objectContaining({ code: 'admission.granted' })]);
      expect(loser?.record).toEqual([
        expect.objectContaining({ code: 'device.contested' }),
        expect.objectContaining({ code: 'admission.refused', reason: 'bound-to-another-key' }),
      ]);
    }
  });

  test('leave the serial bound to the winner, and the thing with its certificate alone', async () => {
    await Promise.all(
      finishes.map(async (finish, number) => {
        const [winner] = split(finish).winners;
        const enrollment = await enrollmentOf(stage, 'sensor', serialOf(number));
        expect(enrollment).toMatchObject({ state: 'admitted', certificates: [{ id: winner?.certificate.certificateId }] });
        expect(enrollment?.boundKey).toBe(winner === undefined ? undefined : digestOf(winner.keys.publicKey));
        expect(await certificateIdsOf(stage.iot, `muster:sensor:${serialOf(number)}`)).toEqual([winner?.certificate.certificateId]);
      }),
    );
  });

  test("leave nothing of the loser's", async () => {
    const losers = finishes.flatMap((finish) => split(finish).losers);
    const traces = await Promise.all(losers.map(({ certificate }) => traceOf(stage.iot, certificate.certificateId)));
    expect(traces).toEqual(losers.map(() => leftPending));
  });

  test('count once, against the claim of the winner', async () => {
    const winners = finishes.flatMap((finish) => split(finish).winners);
    const counts = claims.map(
      ({ certificateId }) => winners.filter(({ record }) => record[0]?.claimCertificateId === certificateId).length,
    );
    expect(await Promise.all(claims.map((claim) => admittedBy(stage, claim)))).toEqual(counts);
  });
});
