import { createDynamoDbIssuedCertificates } from '../../../aws/dynamodb/issued-certificates.ts';
import { NOON, anEnrollment } from '../../builders/enrollment.ts';
import { aCertificateId } from '../../builders/identifiers.ts';
import { type LocalDynamoDb, startDynamoDb } from '../../fakes/local-dynamodb.ts';

let dynamoDb: LocalDynamoDb;
beforeAll(async () => {
  dynamoDb = await startDynamoDb();
});
afterAll(() => dynamoDb.stop());

const anIssued = (number: number, issuedAt = NOON + number) => ({
  certificateId: aCertificateId(`issued ${number}`),
  certificatePem: '-----BEGIN CERTIFICATE-----',
  thingName: anEnrollment().thingName,
  issuedAt,
});

const start = async () => createDynamoDbIssuedCertificates(dynamoDb.client, await dynamoDb.newTable());

const allBefore = async (ledger: Awaited<ReturnType<typeof start>>, at: number) => {
  const pages = [await ledger.list(at, undefined)];
  for (let next = pages.at(-1)?.next; next !== undefined; next = pages.at(-1)?.next) pages.push(await ledger.list(at, next));
  return pages.flatMap(({ rows }) => rows);
};

describe('What the own authority issued', () => {
  test('is listed page by page, each once, the oldest first, up to a time', async () => {
    const ledger = await start();
    const all = Array.from({ length: 60 }, (_, number) => anIssued(number));
    for (const issued of all.toReversed()) await ledger.note(issued);
    expect(await allBefore(ledger, NOON + 55)).toEqual(all.slice(0, 55));
  });

  test('has each of those that were issued in one millisecond', async () => {
    const ledger = await start();
    for (let number = 0; number < 30; number += 1) await ledger.note(anIssued(number, NOON));
    expect(await allBefore(ledger, NOON + 1)).toHaveLength(30);
  });

  test('is noted once, and struck off once, whatever is repeated', async () => {
    const ledger = await start();
    await ledger.note(anIssued(1));
    await ledger.note(anIssued(1));
    expect(await allBefore(ledger, NOON + 2)).toHaveLength(1);
    await ledger.strikeOff(anIssued(1));
    await ledger.strikeOff(anIssued(1));
    expect(await allBefore(ledger, NOON + 2)).toEqual([]);
  });
});
