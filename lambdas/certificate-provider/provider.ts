import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import type { AuditEvent } from '../../domain/audit-event.ts';
import { type IssuanceAsked, issuanceEvent } from '../../domain/issuance/issuance-event.ts';
import type { SigningRequest } from '../../domain/issuance/signing-requests.ts';
import type { AuditLog } from '../../domain/ports.ts';
import type { ReasonCode } from '../../domain/reason-code.ts';
import { auditEmission } from '../middleware/audit-emission.ts';
import type { Clock } from '../middleware/clock.ts';
import { withinDeadline } from '../middleware/deadline.ts';
import { failClosed, type Invocation } from '../middleware/fail-closed.ts';
import { refusalFloor } from '../middleware/refusal-floor.ts';
import { readAsked, type Records } from './asked.ts';
import { type Issuer, issueCertificate } from './issue-certificate.ts';
import { readFragments, readRequest } from './request.ts';

/** AWS IoT waits 5 s for a provider, and a cold start is part of them. */
export const DEADLINE_MS = 3_900;

export interface ProviderProps extends Records, Issuer {
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly refusalFloorMs: number;
}

/** What AWS IoT is told (DG:provisioning-cert-provider). An answer without a certificate is a refusal, and says nothing else. */
export interface ProviderAnswer {
  readonly certificatePem?: string;
}

/** What was decided of a request for a certificate. */
export type Issuance =
  | { readonly verdict: 'issue'; readonly certificatePem: string; readonly event: AuditEvent }
  | { readonly verdict: 'refuse'; readonly event: AuditEvent };

/**
 * The certificate provider: AWS IoT asks it about every signing request of the account, before any serial number is checked, whoever
 * sent it. It has certificates issued for devices that may come in by them, and refuses whatever it does not understand.
 */
export const createProvider = (props: ProviderProps): ((event: unknown, context: Context) => Promise<ProviderAnswer>) => {
  const { clock } = props;
  const refuseUnread = ({ event }: Invocation, reason: ReasonCode) => {
    const { principalId: principal, clientId } = readFragments(event);
    return refusal({ ...stampOf(props), principal, clientId }, reason);
  };

  const judge = async (event: unknown, context: Context): Promise<Issuance> => {
    const request = readRequest(event);
    if (request === undefined) return refuseUnread({ event, context }, 'malformed-request');
    const signing = props.requests.read(request.certificateSigningRequest);
    if (typeof signing === 'string') return refuseUnread({ event, context }, signing);
    const order = { ...request, requestId: context.awsRequestId };
    return withinDeadline({ clock, limitMs: DEADLINE_MS }, (signal) => decide(props, { order, signing, signal }));
  };

  // Ways out run from the last to the first: refuse what broke, put it on record, hold it back.
  const issuanceOf = middy<unknown, Issuance>({ timeoutEarlyInMillis: 0 })
    .use(refusalFloor({ clock, floorMs: props.refusalFloorMs }))
    .use(auditEmission({ ...props, eventsOf }))
    .use(failClosed({ faults: props.faults, refuse: refuseUnread }))
    .handler(judge);
  return async (event, context) => {
    const issuance = await issuanceOf(event, context);
    return issuance.verdict === 'issue' ? { certificatePem: issuance.certificatePem } : {};
  };
};

const eventsOf = ({ event }: Issuance): readonly AuditEvent[] => [event];

interface Work {
  readonly order: NonNullable<ReturnType<typeof readRequest>> & { readonly requestId: string };
  readonly signing: SigningRequest;
  readonly signal: AbortSignal;
}

const decide = async (props: ProviderProps, { order, signing, signal }: Work): Promise<Issuance> => {
  const asked = await readAsked(props, order, { ...signing, signal });
  const about = { ...stampOf(props), principal: order.principalId, clientId: order.clientId, key: signing.key, ...asked };
  const { certificateSigningRequest: csrPem, requestId, principalId: principal } = order;
  const issued = await issueCertificate(props, { at: about.at, principal, csrPem, requestId, signing, ...asked }, signal);
  if (typeof issued === 'string') return refusal(about, issued);
  const { certificatePem, certificateId } = issued;
  return { verdict: 'issue', certificatePem, event: issuanceEvent(about, { certificateId }) };
};

const refusal = (asked: IssuanceAsked, reason: ReasonCode) => ({ verdict: 'refuse' as const, event: issuanceEvent(asked, { reason }) });

const stampOf = ({ clock, newId }: ProviderProps) => ({ at: clock.now(), eventId: newId() });
