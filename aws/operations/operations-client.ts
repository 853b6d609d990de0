import * as z from 'zod/mini';
import { OperationError, operationErrorCodes } from '../../domain/operation-error.ts';
import { type OperationsClient, WaitingForSecondError } from '../../domain/operations-client.ts';
import { operatorRoles } from '../../domain/operator-scope.ts';
import { OperationsFaultError } from './operations-error.ts';
import { parseJson } from '../../domain/parse-json.ts';

/** What came back over HTTP. */
export interface Reply {
  readonly status: number;
  readonly body: string;
}

/** Brings a request to whichever scope takes it. */
export type SendOperation = (request: OperationRequest) => Promise<Reply>;

export interface OperationRequest {
  readonly contract: Parameters<OperationsClient['call']>[0];
  readonly input: unknown;
  readonly body: string;
}

/** Speaks with the operations function: JSON there and back, and its refusals as errors. */
export const createOperationsClient = (send: SendOperation): OperationsClient => ({
  call: async (contract, input, { isDryRun = false } = {}) => {
    const body = JSON.stringify({ operation: contract.name, input, dryRun: isDryRun });
    const reply = await send({ contract, input, body });
    const output = z.safeParse(contract.output, outputOf(reply));
    if (!output.success)
      throw new OperationsFaultError(reply.status, 'it answers what this version of muster does not know; use the deployed one');
    return output.data;
  },
});

const done = z.object({ output: z.unknown() });
const refused = z.object({ error: z.object({ code: z.enum(operationErrorCodes), message: z.string() }) });
const broken = z.object({ error: z.object({ message: z.string() }) });
const waiting = z.object({
  waiting: z.object({ operation: z.string(), proposedBy: z.string(), until: z.number(), roles: z.array(z.enum(operatorRoles)) }),
});

const outputOf = ({ status, body }: Reply): unknown => {
  const json = parseJson(body);
  const asWaiting = z.safeParse(waiting, json);
  if (asWaiting.success) throw new WaitingForSecondError(asWaiting.data.waiting);
  const asRefused = z.safeParse(refused, json);
  if (asRefused.success) throw new OperationError(asRefused.data.error.code, asRefused.data.error.message);
  const asDone = z.safeParse(done, json);
  if (status === 200 && asDone.success) return asDone.data.output;
  // Lambda itself, before the function: too many run at once.
  if (status === 429) throw new OperationError('ERR_BUSY', 'Lambda throttles; the same request a little later is safe.');
  const asBroken = z.safeParse(broken, json);
  throw new OperationsFaultError(status, asBroken.success ? asBroken.data.error.message : body);
};
