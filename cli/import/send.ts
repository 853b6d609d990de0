import type { KeyId } from '../../domain/manufacturer.ts';
import { devicesImport } from '../../domain/operations/devices-import.ts';
import { OperationError } from '../../domain/operation-error.ts';
import type { OperationsClient } from '../../domain/operations-client.ts';
import { errorCodeOf } from '../error-code.ts';
import { type Batch, isSaid, type ReadRow } from './batches.ts';
import type { RowResult } from './result.ts';
import type { Manifest } from '../manifest/open-manifest.ts';

export const originOf = ({ digest }: Manifest, kid: KeyId | undefined) => ({ digest, ...(kid === undefined ? {} : { kid }) });

export interface Sending {
  readonly client: OperationsClient;
  readonly manifest: Manifest;
  readonly isDryRun: boolean;
}

/** Sends the rows of a batch that can be, and says of each row what became of it. */
export const sendBatch = async ({ client, manifest, isDryRun }: Sending, { rows, kid }: Batch): Promise<readonly RowResult[]> => {
  const said = rows.map((row) => row.said).filter(isSaid);
  const { results } =
    said.length === 0 ? { results: [] } : await client.call(devicesImport, { manifest: originOf(manifest, kid), rows: said }, { isDryRun });
  if (results.length !== said.length) throw new RangeError(`${said.length} rows were sent and ${results.length} results came back.`);
  let next = 0;
  return rows.map((row) => {
    if (!isSaid(row.said)) return resultOf(row, { outcome: 'refused', mistakes: row.said });
    next += 1;
    return resultOf(row, results[next - 1] ?? { outcome: 'refused' });
  });
};

const resultOf = (
  { row, serial }: ReadRow,
  { outcome, mistakes = [] }: { readonly outcome: RowResult['outcome']; readonly mistakes?: RowResult['mistakes'] | undefined },
): RowResult => ({ row, serial, outcome, mistakes });

// What comes of a connection, not of the request; importing again what was imported changes nothing.
const connectionTroubles = new Set([
  'ECONNRESET',
  'ECONNREFUSED',
  'EPIPE',
  'ETIMEDOUT',
  'EAI_AGAIN',
  'ERR_OPERATIONS_FAULT',
  'ERR_OPERATIONS_UNREACHABLE',
]);

/** Whether a request that failed is worth sending again. */
export const isPassingTrouble = (error: unknown): boolean => {
  if (error instanceof OperationError) return error.code === 'ERR_BUSY';
  if (typeof error !== 'object' || error === null) return false;
  if ('name' in error && error.name === 'TimeoutError') return true;
  const codes = [errorCodeOf(error), 'cause' in error ? errorCodeOf(error.cause) : undefined];
  return codes.some((code) => typeof code === 'string' && connectionTroubles.has(code));
};
