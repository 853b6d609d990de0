import {
  type CancellationReason,
  type DynamoDBClient,
  TransactWriteItemsCommand,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import type { Enrollment } from '../../domain/enrollment.ts';
import { enrollmentKeyOf } from '../../domain/thing-name.ts';
import type { Pause } from './batch-read.ts';
import { enrollmentItem, parseEnrollmentItem } from './enrollment-item.ts';
import { isPassing } from './passing-reasons.ts';
import { RegistrationContentionError } from './registration-contention-error.ts';

export interface Registrar {
  readonly client: DynamoDBClient;
  readonly tableName: string;
  readonly pause: Pause;
}

const MAX_ATTEMPTS = 8;

type Outcome = 'written' | Enrollment;

/**
 * Writes first versions in one transaction. Where some are there already, DynamoDB cancels it and gives back what it found;
 * the others are then written without them. Of two in one call that share a key, the later waits for the earlier.
 * @throws RegistrationContentionError when other transactions hold the items at every attempt.
 */
export const registerEnrollments = async (registrar: Registrar, enrollments: readonly Enrollment[]): Promise<readonly Outcome[]> => {
  const rows: readonly Row[] = enrollments.map((enrollment) => ({ enrollment }));
  let attempt = 0;
  for (let round = roundOf(rows); round.length > 0; round = roundOf(rows)) {
    const reasons = await write(
      registrar,
      round.map(({ enrollment }) => enrollment),
    );
    round.forEach((row, index) => {
      const outcome = reasons === undefined ? 'written' : foundIn(reasons[index]);
      if (outcome !== undefined) row.outcome = outcome;
    });
    if (!reasons?.some(({ Code }) => isPassing(Code))) continue;
    attempt += 1;
    if (attempt === MAX_ATTEMPTS) throw new RegistrationContentionError(round.length);
    await registrar.pause(attempt);
  }
  return rows.map(({ outcome = 'written' }) => outcome);
};

interface Row {
  readonly enrollment: Enrollment;
  outcome?: Outcome;
}

// A transaction takes each key once.
const roundOf = (rows: readonly Row[]): readonly Row[] => {
  const waiting = rows.filter(({ outcome }) => outcome === undefined);
  return [...Map.groupBy(waiting, ({ enrollment }) => enrollmentKeyOf(enrollment.thingName)).values()].flatMap(([first]) => first ?? []);
};

const foundIn = (reason: CancellationReason | undefined): Enrollment | undefined =>
  reason?.Code === 'ConditionalCheckFailed' && reason.Item !== undefined ? parseEnrollmentItem(reason.Item) : undefined;

// Why nothing was written, per item in their order; `undefined` when all was.
const write = async (
  { client, tableName }: Registrar,
  enrollments: readonly Enrollment[],
): Promise<readonly CancellationReason[] | undefined> => {
  const TransactItems = enrollments.map((enrollment) => ({
    Put: {
      TableName: tableName,
      Item: enrollmentItem(enrollment),
      ConditionExpression: 'attribute_not_exists(pk)',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
    },
  }));
  try {
    await client.send(new TransactWriteItemsCommand({ TransactItems }));
    return undefined;
  } catch (error) {
    const reasons = error instanceof TransactionCanceledException ? (error.CancellationReasons ?? []) : [];
    const canGoOn = reasons.some((reason) => isPassing(reason.Code) || foundIn(reason) !== undefined);
    if (!canGoOn) throw error;
    return reasons;
  }
};
