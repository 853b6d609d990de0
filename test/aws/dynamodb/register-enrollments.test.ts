import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { enrollmentItem } from '../../../aws/dynamodb/enrollment-item.ts';
import { registerEnrollments } from '../../../aws/dynamodb/register-enrollments.ts';
import { RegistrationContentionError } from '../../../aws/dynamodb/registration-contention-error.ts';
import { StoredItemError } from '../../../aws/dynamodb/stored-item-error.ts';
import { anEnrollment } from '../../builders/enrollment.ts';
import { aSerial } from '../../builders/identifiers.ts';
import { scriptedDynamoDb } from '../../fakes/scripted-dynamodb.ts';

const [one, other] = ['SN-1', 'SN-2'].map((serial) => anEnrollment({ serialNumber: aSerial(serial) }));
const both = [one, other].flatMap((enrollment) => enrollment ?? []);

const cancelled = (...CancellationReasons: NonNullable<TransactionCanceledException['CancellationReasons']>) =>
  new TransactionCanceledException({ $metadata: {}, message: 'cancelled', CancellationReasons });

const registering = async (answers: readonly (Error | undefined)[]) => {
  const waits: number[] = [];
  let asked = 0;
  const client = scriptedDynamoDb(() => {
    const answer = answers[Math.min(asked, answers.length - 1)];
    asked += 1;
    if (answer !== undefined) throw answer;
    return {};
  });
  const pause = (attempt: number) => {
    waits.push(attempt);
    return Promise.resolve();
  };
  const outcomes = await registerEnrollments({ client, tableName: 'T', pause }, both);
  return { outcomes, waits, asked };
};

describe('Registering many', () => {
  const none = { Code: 'None' };

  test.each(['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded'])('waits and tries again after %s', async (Code) => {
    const busy = cancelled({ Code }, none);
    expect(await registering([busy, busy, undefined])).toEqual({ outcomes: ['written', 'written'], waits: [1, 2], asked: 3 });
  });

  test('tries again at once without those that are there already', async () => {
    const found = one && cancelled({ Code: 'ConditionalCheckFailed', Item: enrollmentItem(one) }, none);
    expect(await registering([found, undefined])).toEqual({ outcomes: [one, 'written'], waits: [], asked: 2 });
  });

  test('gives up when DynamoDB is busy every time', async () => {
    await expect(registering([cancelled({ Code: 'TransactionConflict' }, none)])).rejects.toThrow(RegistrationContentionError);
  });

  test('says what is broken', async () => {
    await expect(registering([new Error('no route')])).rejects.toThrow('no route');
    await expect(registering([cancelled({ Code: 'ValidationError' }, none)])).rejects.toThrow(TransactionCanceledException);
    const foreign = cancelled({ Code: 'ConditionalCheckFailed', Item: { pk: { S: 'x' } } }, none);
    await expect(registering([foreign])).rejects.toThrow(StoredItemError);
  });
});
