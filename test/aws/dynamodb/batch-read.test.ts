import { readItems } from '../../../aws/dynamodb/batch-read.ts';
import { enrollmentKey } from '../../../aws/dynamodb/enrollment-item.ts';
import { anEnrollment } from '../../builders/enrollment.ts';
import { aSerial } from '../../builders/identifiers.ts';
import { scriptedDynamoDb } from '../../fakes/scripted-dynamodb.ts';

const keys = Array.from({ length: 5 }, (_, index) => enrollmentKey(anEnrollment({ serialNumber: aSerial(`SN-${index}`) }).thingName));

/** A table that processes so many keys of each request and gives the rest back. */
const aTableThatProcesses = (perRequest: number) => {
  const pauses: number[] = [];
  const asked: number[] = [];
  const client = scriptedDynamoDb(({ RequestItems }) => {
    const wanted = RequestItems?.['T']?.Keys ?? [];
    asked.push(wanted.length);
    const rest = wanted.slice(perRequest);
    return { Responses: { T: wanted.slice(0, perRequest) }, ...(rest.length === 0 ? {} : { UnprocessedKeys: { T: { Keys: rest } } }) };
  });
  const pause = (attempt: number) => Promise.resolve(void pauses.push(attempt));
  return { reader: { client, tableName: 'T', pause }, pauses, asked };
};

describe('A read of many keys', () => {
  test('asks again, after a pause, for those that DynamoDB gave back unprocessed', async () => {
    const { reader, pauses, asked } = aTableThatProcesses(2);
    expect(await readItems(reader, keys)).toEqual(keys);
    expect({ asked, pauses }).toEqual({ asked: [5, 3, 1], pauses: [1, 2] });
  });

  test('fails when keys are still unprocessed in the end: a device half read must not be decided on', async () => {
    const { reader } = aTableThatProcesses(0);
    await expect(readItems(reader, keys)).rejects.toMatchObject({ code: 'ERR_BATCH_READ' });
  });
});
