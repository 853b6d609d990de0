import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { provePki } from '../../../approaches/pki/prove.ts';
import { importManifest } from '../../../cli/import/import-manifest.ts';
import { eventually } from '../../../demo/eventually.ts';
import { runOnboard } from '../../../device/onboarding/run-onboard.ts';
import type { AuditEvent } from '../../../domain/audit-event.ts';
import { certificateId } from '../../../domain/identifiers.ts';
import type { ProofMeans } from '../../../domain/prover.ts';
import { serialNumber } from '../../../domain/serial-number.ts';
import * as z from 'zod/mini';
import { decisionsOf } from './audit-log.ts';
import { type Answer, ClaimConnection, type ClaimCredential } from './claim-connection.ts';
import { type Stage, lineOf } from './stage.ts';

/** Imports devices as `muster devices import` does, whatever columns they have. Every row is expected to be new. */
export const enrollRows = async ({ fleet }: Stage, rows: readonly Readonly<Record<string, string>>[]): Promise<void> => {
  const file = join(fleet.folder, `manifest-${randomUUID()}.jsonl`);
  await writeFile(file, `${rows.map((row) => JSON.stringify({ tenant: 'acme', approach: 'pki', ...row })).join('\n')}\n`);
  const { counts } = await importManifest(fleet.operator, { path: file, isUnsigned: true });
  if (counts.created !== rows.length) throw new Error(`Not all rows were new: ${JSON.stringify(counts)}`);
};

/** Runs what `muster-device` runs, with options of its own. */
export const runDevice = async ({ fleet }: Stage, options: Readonly<Record<string, string>> & { readonly serial: string }) => {
  const printed: string[] = [];
  const exitCode = await runOnboard(
    {
      ...{ endpoint: fleet.endpoint, ca: fleet.rootCa, mqttVersion: '5', approach: 'pki', key: 'ec-p256', timeout: '60s' },
      ...{ verify: true, deleteClaim: false, json: true, state: join(fleet.folder, 'devices', randomUUID()) },
      ...options,
    },
    { out: (line) => printed.push(line), error: () => undefined },
  );
  return { exitCode, result: JSON.parse(printed[0] ?? '{}') as Readonly<Record<string, unknown>> };
};

/** A device's request, as the device makes it. */
export interface Request {
  readonly line: string;
  readonly serial: string;
  readonly privateKeyPem: string;
  readonly csrPem: string;
  readonly evidence: string | undefined;
}

export const requestOf = async (
  claim: ClaimCredential,
  who: { readonly line: string; readonly serial: string; readonly privateKeyPem?: string; readonly means?: ProofMeans },
): Promise<Request> => {
  const { line, serial, privateKeyPem = await provePki.makeKey('ec-p256'), means } = who;
  const { csrPem, parameters } = await provePki.prove({
    serialNumber: z.parse(serialNumber, serial),
    privateKeyPem,
    line: lineOf(line),
    claimCertificateId: z.parse(certificateId, claim.certificateId),
    ...(means === undefined ? {} : { means }),
  });
  return { line, serial, privateKeyPem, csrPem, evidence: parameters['Evidence'] };
};

/** Sends a request by a claim, with the answer and what stands on record of it. */
export const send = async (
  stage: Stage,
  claim: ClaimCredential,
  { serial, csrPem, evidence }: Request,
): Promise<Answer & { readonly record: AuditEvent | undefined }> => {
  const connection = await ClaimConnection.open(stage.shared, claim);
  const { certificateOwnershipToken } = await connection.certificateFor(csrPem);
  const parameters = { SerialNumber: serial, ...(evidence === undefined ? {} : { Evidence: evidence }) };
  const answer = await connection.registerThing(certificateOwnershipToken, parameters);
  await connection.close();
  const record = await eventually('the record of a request', async () => {
    const events = await decisionsOf(stage, connection.clientId);
    return events.length > 0 ? events : undefined;
  });
  return { ...answer, record: record[0] };
};
