import type { ProvisioningOperation } from './exchange.ts';
import { refusals } from './refusals.data.ts';
import type { RefusalCause } from './refusals.data.ts';

/** A request that is answered on its `rejected` topic. `message` is for the log and may say more than the device learns. */
export class ProvisioningRefusal extends Error {
  override readonly name = 'ProvisioningRefusal';
  readonly reason: RefusalCause;
  /** What the answer may tell the device beyond its fixed text. */
  readonly detail: string;
  /** The device's certificate, once it is known. */
  readonly certificateId: string | undefined;

  constructor(reason: RefusalCause, details: { readonly log: string; readonly device?: string; readonly certificateId?: string }) {
    super(details.log);
    this.reason = reason;
    this.detail = details.device ?? '';
    this.certificateId = details.certificateId;
  }

  /** The same refusal, naming the certificate that it is about. */
  about(certificateId: string): ProvisioningRefusal {
    return new ProvisioningRefusal(this.reason, { log: this.message, device: this.detail, certificateId });
  }
}

/** The three members of a `rejected` payload (DG:fleet-provision-api). */
export interface RejectedPayload {
  readonly statusCode: number;
  readonly errorCode: string;
  readonly errorMessage: string;
}

/** The answer to a refused request, from the table. */
export function rejectedPayload(operation: ProvisioningOperation, refusal: ProvisioningRefusal): RejectedPayload {
  const row = refusals.find((candidate) => candidate.operation === operation && candidate.cause === refusal.reason);
  if (row === undefined) throw new Error(`No row of the refusal table answers ${refusal.reason} of ${operation}; add one`);
  const errorMessage = row.errorMessage.replace('{detail}', () => refusal.detail);
  return { statusCode: row.statusCode, errorCode: row.errorCode, errorMessage };
}
