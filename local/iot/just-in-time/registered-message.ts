import type { Account } from '../../account.ts';
import type { IotBehaviour } from '../behaviour/behaviour.ts';
import type { IotMessage } from '../connection.ts';

export interface RegisteredFacts {
  readonly certificateId: string;
  readonly caCertificateId: string;
  /** Milliseconds since the epoch. */
  readonly registeredAt: number;
  readonly now: number;
}

/** The message that asks an account to decide about a certificate that awaits its activation (DG:auto-register-device-cert). */
export const registeredMessage = (
  { certificateId, caCertificateId, registeredAt, now }: RegisteredFacts,
  { account, behaviour }: { readonly account: Account; readonly behaviour: IotBehaviour },
): IotMessage => ({
  topic: `$aws/events/certificates/registered/${caCertificateId}`,
  payload: Buffer.from(
    JSON.stringify({
      certificateId,
      caCertificateId,
      timestamp: now,
      certificateStatus: 'PENDING_ACTIVATION',
      awsAccountId: account.accountId,
      certificateRegistrationTimestamp:
        behaviour['just-in-time.registration-timestamp'] === 'iso' ? new Date(registeredAt).toISOString() : String(registeredAt),
    }),
  ),
  qos: behaviour['just-in-time.message-qos'],
  retain: false,
});
