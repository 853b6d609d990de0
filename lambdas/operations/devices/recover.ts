import { impossible } from '../../../domain/changes/change.ts';
import { openRecovery } from '../../../domain/changes/recover.ts';
import type { Enrollment } from '../../../domain/enrollment.ts';
import type { devicesRecover } from '../../../domain/operations/devices-recover.ts';
import type { ClaimCertificates } from '../../../domain/ports.ts';
import { RECOVERY } from '../../../domain/recovery/recovery-connection.ts';
import { type RecoveryTicket, ticketDigestOf } from '../../../domain/recovery/recovery-ticket.ts';
import { resourceNames } from '../../../domain/resource-names.ts';
import type { Performer } from '../operation-call.ts';
import { changeDevice } from './change-device.ts';
import type { DeviceResources } from './device-resources.ts';

export interface RecoverResources extends DeviceResources {
  readonly claimResources: { readonly certificates: Pick<ClaimCertificates, 'dataEndpoint'> };
  /** 32 random bytes, base64url. */
  readonly newTicket: () => string;
}

/** Makes a ticket. Only its digest is kept, so that the same command again makes another, and the one before is void. */
export const createRecover =
  (resources: RecoverResources): Performer<typeof devicesRecover> =>
  async ({ serialNumber, line, note, forMs }, call) => {
    const ticket = resources.newTicket();
    const until = call.at + forMs;
    const change = await changeDevice(resources, {
      operation: 'devices.recover',
      device: { serialNumber, ...(line === undefined ? {} : { line }) },
      call,
      note,
      decide: (enrollment, stamp) =>
        mayRecover(resources, enrollment)
          ? openRecovery(enrollment, stamp, { ticket: ticketDigestOf(ticket), until })
          : impossible(`The line "${enrollment.line}" has no way back by a ticket (recovery: "none").`),
      steps: [],
    });
    if (call.isDryRun) return change;
    const endpoint = await resources.claimResources.certificates.dataEndpoint();
    return { ...change, ticket: ticketOf(resources.prefix, change.device, { ticket, expiresAt: until, endpoint }) };
  };

const mayRecover = ({ configuration }: DeviceResources, { line }: Enrollment): boolean =>
  configuration.lines.find(({ name }) => name === line)?.recovery === 'ticket';

const ticketOf = (
  prefix: string,
  { serialNumber, line, thingName }: Pick<Enrollment, 'serialNumber' | 'line' | 'thingName'>,
  secret: Pick<RecoveryTicket, 'ticket' | 'expiresAt' | 'endpoint'>,
): RecoveryTicket => {
  const names = resourceNames(prefix);
  return {
    ...{ schemaVersion: 1, serialNumber, line, thingName },
    ...{ template: names.template(line), clientIdPrefix: names.claimClientIdPrefix(line), authorizer: names.authorizer(RECOVERY) },
    ...secret,
  };
};
