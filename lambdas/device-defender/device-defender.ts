import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { type ClientIdLine, deviceByClientId } from '../../domain/client-id.ts';
import type { TriggerAction } from '../../domain/configuration/configuration-triggers.ts';
import type { Suspicion } from '../../domain/connection/suspicion.ts';
import { isCompromising } from '../../domain/defender/audited-checks.ts';
import { DEFENDER, type DefenderFinding, defenderFoundEvent } from '../../domain/defender/defender-finding.ts';
import type { CertificateHolders, DefenderFindings } from '../../domain/defender/defender-ports.ts';
import { type UnusualBehavior, unusualBehaviorEvent } from '../../domain/defender/unusual-behavior.ts';
import type { Enrollment } from '../../domain/enrollment.ts';
import type { LineName, ThingName } from '../../domain/identifiers.ts';
import { eachMessage } from '../middleware/each-message.ts';
import type { FaultLog } from '../middleware/fault-log.ts';
import { type SuspicionResources, suspectDevice } from '../suspicion/suspect-device.ts';
import { readTold, type Told } from './read-told.ts';

export interface DeviceDefenderProps extends SuspicionResources {
  readonly prefix: string;
  readonly clientIdLines: readonly ClientIdLine[];
  readonly findings: DefenderFindings;
  readonly holders: CertificateHolders;
  readonly actionOf: (line: LineName) => TriggerAction;
  readonly faults: FaultLog;
}

/**
 * Puts on record what audits of AWS IoT Device Defender found, and cuts off whose credential is in other hands: where the line wants
 * that, or where a person applied the mitigation action. Messages may come late, twice and in any order.
 */
export const createDeviceDefender =
  (props: DeviceDefenderProps) =>
  (event: Pick<SQSEvent, 'Records'>): Promise<SQSBatchResponse> =>
    eachMessage(event, {
      faults: props.faults,
      deal: async ({ body }) => {
        await hear(props, body);
        return true;
      },
    });

const hear = async (props: DeviceDefenderProps, body: string): Promise<void> => {
  const told = readTold(body);
  if (told === undefined) throw new UnreadableMessageError();
  if (told.kind === 'violation') return tellUnusual(props, told.violation);
  for await (const page of findingsOf(props, told)) for (const finding of page) await settle(props, finding, told.kind);
};

type AboutFindings = Exclude<Told, { readonly kind: 'violation' }>;

// That it is over again is no news: nothing was done about it.
const tellUnusual = async ({ store, audit }: DeviceDefenderProps, violation: UnusualBehavior | undefined): Promise<void> => {
  if (violation === undefined) return;
  const [device] = await store.readMany([violation.thingName]);
  audit.emit(unusualBehaviorEvent(violation, device));
};

/** A message that is neither the end of an audit, nor a mitigation, nor a violation. It goes to the dead letters. */
class UnreadableMessageError extends Error {
  override readonly name = 'UnreadableMessageError';
  readonly code = 'ERR_UNREADABLE_MESSAGE';
}

async function* findingsOf({ findings }: DeviceDefenderProps, told: AboutFindings): AsyncIterable<readonly DefenderFinding[]> {
  if (told.kind === 'audit') {
    yield* findings.ofAudit(told.taskId);
    return;
  }
  const finding = await findings.find(told.findingId);
  yield finding === undefined ? [] : [finding];
}

const settle = async (props: DeviceDefenderProps, finding: DefenderFinding, kind: AboutFindings['kind']): Promise<void> => {
  if (kind === 'audit' && finding.isSuppressed) return;
  const devices = await devicesOf(props, finding);
  if (kind === 'audit') props.audit.emit(defenderFoundEvent(finding, devices[0]));
  for (const device of devices) {
    const action = kind === 'mitigation' ? 'quarantine' : props.actionOf(device.line);
    if (kind === 'mitigation' || isCompromising(finding.check)) await suspectDevice(props, suspicionOf(finding, device), action);
  }
};

const devicesOf = async (props: DeviceDefenderProps, finding: DefenderFinding): Promise<readonly Enrollment[]> => {
  const names = await thingsOf(props, finding);
  return names.length === 0 ? [] : props.store.readMany(names);
};

const thingsOf = async (props: DeviceDefenderProps, { certificate, clientId }: DefenderFinding): Promise<readonly ThingName[]> => {
  if (certificate?.arn !== undefined) return props.holders.thingsWith({ arn: certificate.arn });
  const device = clientId === undefined ? undefined : deviceByClientId(props.prefix, props.clientIdLines, clientId);
  return device === undefined ? [] : [device.thingName];
};

const suspicionOf = ({ id, check, reason, certificate }: DefenderFinding, { thingName }: Enrollment): Suspicion => ({
  ...{ thingName, principal: certificate?.certificateId ?? thingName },
  ...{ code: 'defender.found', kind: `defender-${id}`, watch: DEFENDER.name, isTold: true },
  note: `${check} of AWS IoT Device Defender: ${reason}`,
});
