import type { BehaviourId, IotBehaviour } from '../behaviour/behaviour.ts';
import type { Rejection } from '../behaviour/provisioning-answers.data.ts';

/** Why a request is refused. More causes than answers: a device must not learn which check failed, but the log must. */
export type RefusalCause = BehaviourId extends infer Id ? (Id extends `provisioning.rejected-${infer Cause}` ? Cause : never) : never;

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

/** The answer to a refused request. */
export function rejectedPayload(behaviour: IotBehaviour, { reason, detail }: ProvisioningRefusal): Rejection {
  const row = behaviour[`provisioning.rejected-${reason}`];
  return { ...row, errorMessage: row.errorMessage.replace('{detail}', () => detail) };
}
