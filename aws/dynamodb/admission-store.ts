import { type DynamoDBClient, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import type { EnrollmentStore } from '../../domain/ports.ts';
import { admissionTransaction, outcomeOfCancellation } from './admission-transaction.ts';
import { type Pause, readItems } from './batch-read.ts';
import { claimKey, parseClaimItem } from './claim-item.ts';
import { enrollmentKey, parseEnrollmentItem } from './enrollment-item.ts';

export interface DynamoDbEnrollmentStoreProps {
  readonly client: DynamoDBClient;
  readonly tableName: string;
  /** Waits between tries of a read that was answered in part; by default a random part of a doubling 50 ms. */
  readonly pause?: Pause;
}

/** Waits a random part of a doubling 50 ms. */
export const randomPause: Pause = (attempt) => new Promise((resolve) => setTimeout(resolve, Math.random() * 50 * 2 ** attempt));

/** What a decision about an admission needs of the store, and no more: it is loaded at every cold start of the hook. */
export const createDynamoDbAdmissionStore = ({
  client,
  tableName,
  pause = randomPause,
}: DynamoDbEnrollmentStoreProps): Pick<EnrollmentStore, 'readForAdmission' | 'admit'> => ({
  async readForAdmission({ claim, thing }, signal) {
    const items = await readItems({ client, tableName, pause }, [claimKey(claim), enrollmentKey(thing)], signal);
    const claimFound = items.find((item) => item['sk']?.S === 'claim');
    const enrollmentFound = items.find((item) => item['sk']?.S === 'enrollment');
    return { claim: claimFound && parseClaimItem(claimFound), enrollment: enrollmentFound && parseEnrollmentItem(enrollmentFound) };
  },
  async admit(write, signal) {
    const command = new TransactWriteItemsCommand({ TransactItems: admissionTransaction(tableName, write) });
    try {
      await client.send(command, signal === undefined ? {} : { abortSignal: signal });
      return 'written';
    } catch (error) {
      const outcome = outcomeOfCancellation(error);
      if (outcome === undefined) throw error;
      return outcome;
    }
  },
});
