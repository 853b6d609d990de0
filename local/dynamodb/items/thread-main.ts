// The program of the thread that keeps the items. It knows nothing of who calls: it is handed operations and answers them.
import { parentPort, workerData } from 'node:worker_threads';
import { AwsError } from '../../aws-error.ts';
import type { OperationInput } from '../../gateway/operation.ts';
import { openEngine } from './engine.ts';
import { ItemLocks } from './item-locks.ts';
import { itemOperations, tableOperations } from './item-operations.ts';
import { RequestTokens } from './request-tokens.ts';
import type { ThreadFailure, ThreadReply, ThreadRequest, ThreadStart } from './thread-messages.ts';

const { account } = workerData as ThreadStart; // written by ItemsThread
let nowMs = 0;
const dependencies = { engine: await openEngine(account), locks: new ItemLocks(), tokens: new RequestTokens({ now: () => nowMs }) };
const operations = { ...itemOperations(dependencies), ...tableOperations(dependencies) };

const failureOf = (thrown: unknown): ThreadFailure => {
  if (!(thrown instanceof AwsError))
    return { kind: 'fault', message: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown) };
  const { code, message, status, members } = thrown;
  return { kind: 'refusal', code, message, status, members };
};

const answer = async ({ id, operation, input }: ThreadRequest): Promise<ThreadReply> => {
  try {
    return { id, output: await operations[operation](JSON.parse(input) as OperationInput) };
  } catch (thrown) {
    return { id, failure: failureOf(thrown) };
  }
};

parentPort?.on('message', (request: ThreadRequest) => {
  nowMs = request.nowMs;
  void answer(request).then((reply) => parentPort?.postMessage(reply));
});
