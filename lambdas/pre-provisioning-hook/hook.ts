import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import { type Refusal, type Verdict, refuse } from '../../domain/admission.ts';
import type { AuditEvent } from '../../domain/audit-event.ts';
import type { VerifyCertificate } from '../../domain/admission/certificate-presentation.ts';
import type { LineSettings } from '../../domain/line-settings.ts';
import type { AuditLog } from '../../domain/ports.ts';
import type { Deployment } from '../../domain/admission/provisioning-contract.ts';
import type { ReasonCode } from '../../domain/reason-code.ts';
import { thingNameOf } from '../../domain/thing-name.ts';
import { auditEmission } from '../middleware/audit-emission.ts';
import { withinDeadline } from '../middleware/deadline.ts';
import { type Invocation, failClosed } from '../middleware/fail-closed.ts';
import type { FaultLog } from '../middleware/fault-log.ts';
import { refusalFloor } from '../middleware/refusal-floor.ts';
import { type Admitter, type DeviceRequest, admitDevice } from './admit-device.ts';
import { type HookAnswer, answerOf } from './answer.ts';
import { callerOf } from './caller.ts';
import { type HookRequest, readRequest } from './request.ts';
import { lineOfTemplate } from './template-arn.ts';

/** AWS IoT waits 5 s for a hook, and a cold start is part of them. */
export const DEADLINE_MS = 3_500;

export interface HookProps extends Admitter {
  /** The approach whose devices come in this way. */
  readonly approach: string;
  readonly verify: VerifyCertificate;
  readonly deployment: Deployment;
  /** The settings of all its lines. */
  readonly lines: readonly LineSettings[];
  readonly audit: AuditLog;
  readonly faults: FaultLog;
  readonly refusalFloorMs: number;
  readonly newId: () => string;
}

/** The pre-provisioning hook: lets one device in per serial number, and refuses whatever it does not understand. */
export const createHook = (props: HookProps): ((event: unknown, context: Context) => Promise<HookAnswer>) => {
  const { clock, deployment } = props;
  const refuseUnread = (invocation: Invocation, reason: ReasonCode): Refusal =>
    refuse({ ...stamp(props), ...callerOf(invocation, deployment.prefix) }, reason);

  const judge = async (event: unknown, context: Context): Promise<Verdict> => {
    const request = readRequest(event);
    if (request === undefined) return refuseUnread({ event, context }, 'malformed-request');
    const line = lineOfTemplate(request.templateArn, { functionArn: context.invokedFunctionArn, prefix: deployment.prefix });
    const settings = props.lines.find(({ name }) => name === line);
    if (settings === undefined) return refuseUnread({ event, context }, 'unknown-template');
    const device = deviceRequest(props, request, settings);
    return withinDeadline({ clock, limitMs: DEADLINE_MS }, (signal) => admitDevice(props, device, signal));
  };

  // Ways out run from the last to the first: refuse what broke, put it on record, hold it back.
  const verdictOf = middy<unknown, Verdict>({ timeoutEarlyInMillis: 0 })
    .use(refusalFloor({ clock, floorMs: props.refusalFloorMs }))
    .use(auditEmission({ ...props, eventsOf }))
    .use(failClosed({ faults: props.faults, refuse: refuseUnread }))
    .handler(judge);
  return async (event, context) => answerOf(deployment, await verdictOf(event, context));
};

// Of who is refused, what is remembered comes first.
const eventsOf = (verdict: Verdict): readonly AuditEvent[] =>
  verdict.verdict === 'refuse' && verdict.write !== undefined ? [verdict.write.enrollment.lastEvent, verdict.event] : [verdict.event];

const stamp = ({ clock, newId }: HookProps) => ({ at: clock.now(), eventId: newId() });

const deviceRequest = (props: HookProps, request: HookRequest, settings: LineSettings): DeviceRequest => {
  const { name: line } = settings;
  const { SerialNumber: serialNumber, Evidence: evidence } = request.parameters;
  const { certificateId, certificatePem, claimCertificateId, clientId } = request;
  const { at, eventId } = stamp(props);
  const presentation = { at, line, serialNumber, claimCertificateId, certificatePem, evidence };
  return {
    at,
    eventId,
    correlationId: clientId,
    line,
    settings,
    serialNumber,
    thingName: thingNameOf(props.deployment.prefix, line, serialNumber),
    approach: props.approach,
    certificateId,
    claimCertificateId,
    verify: (requirement) => props.verify(presentation, requirement),
  };
};
