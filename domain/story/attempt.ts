import type { AuditEvent } from '../audit-event.ts';
import { type Advice, adviceFor } from './advice.ts';
import { courseOf, type Exchange } from './exchange.ts';
import type { CertificateStatus, StoryFacts } from './facts.ts';
import type { Chapter, Step } from './story.ts';

type StepDetails = Partial<Omit<Step, 'exchange' | 'from' | 'to'>> & Pick<Step, 'what' | 'outcome'>;

export const stepOf = (exchange: Exchange, details: StepDetails): Step => ({ exchange, ...courseOf[exchange], ...details });

/** What an attempt was asked and answered, and what is on record of the certificate that came of it. */
export interface Attempt {
  readonly asked: AuditEvent;
  /** Later events about the same certificate: activation, retirement. */
  readonly later: readonly AuditEvent[];
}

/** One try of a device to come in, from the connection with the claim to the first with its own certificate. */
export const attemptChapter = (attempt: Attempt, facts: StoryFacts): Chapter => {
  const { asked } = attempt;
  const { correlationId, claim, at } = asked;
  const address = correlationId === undefined ? undefined : facts.addresses.get(correlationId);
  return {
    kind: 'attempt',
    at,
    ...(correlationId === undefined ? {} : { correlationId }),
    ...(claim === undefined ? {} : { claim }),
    ...(address === undefined ? {} : { address }),
    steps: [...stepsToVerdict(asked), ...(asked.code === 'admission.granted' ? stepsAfter(attempt, facts) : [])],
  };
};

const stepsToVerdict = (asked: AuditEvent): readonly Step[] => {
  const advice = asked.reason === undefined ? undefined : adviceFor[asked.reason];
  const told: readonly (readonly [Exchange, string])[] = [
    ['claim-connection', asked.claim === undefined ? 'connects with a claim' : `connects with claim "${asked.claim}"`],
    ['signing-request', 'sends a signing request for its key'],
    ['certificate', 'issues a certificate, which opens nothing yet'],
    ['registration', 'asks to be registered: its serial number and its evidence'],
  ];
  return [...told.map(([exchange, what]) => earlierStep({ exchange, what }, asked, advice)), verdictStep(asked, advice)];
};

// The hook is asked last: what it was asked about has happened, though a reason may point at it.
const earlierStep = (told: { exchange: Exchange; what: string }, asked: AuditEvent, advice: Advice | undefined): Step => {
  const isAtFault = advice?.exchange === told.exchange && asked.code === 'admission.refused';
  return stepOf(told.exchange, {
    outcome: isAtFault ? 'failed' : 'done',
    what: isAtFault ? `${told.what}, but ${advice.wrong}` : told.what,
    ...(told.exchange === 'signing-request' && asked.keyDigest !== undefined ? { keyDigest: asked.keyDigest } : {}),
    ...(told.exchange === 'certificate' && asked.certificateId !== undefined ? { certificateId: asked.certificateId } : {}),
  });
};

const verdictStep = (asked: AuditEvent, advice: Advice | undefined): Step => {
  const { at, reason, keyDigest, boundKeyDigest } = asked;
  const details = {
    at,
    ...(reason === undefined ? {} : { reason }),
    ...(keyDigest === undefined ? {} : { keyDigest }),
    ...(boundKeyDigest === undefined ? {} : { boundKeyDigest }),
  };
  if (asked.code === 'admission.granted')
    return stepOf('verdict', { outcome: 'done', what: 'lets it in: the serial is bound to this key', ...details });
  if (asked.code === 'admission.held')
    return stepOf('verdict', {
      outcome: 'waiting',
      what: 'holds it until an operator approves this key; the device asks again',
      ...details,
    });
  return stepOf('verdict', { outcome: 'failed', what: `refuses it: ${advice?.wrong ?? 'no reason is on record'}`, ...details });
};

const stepsAfter = ({ asked, later }: Attempt, facts: StoryFacts): readonly Step[] => {
  const activated = later.find(({ code }) => code === 'device.activated');
  const retired = later.find(({ code }) => code === 'certificate.retired');
  const status = asked.certificateId && facts.certificates.get(asked.certificateId);
  const isSeen = activated !== undefined || facts.enrollment?.certificateInUse === asked.certificateId;
  const provisioned = provisioningStep(status, isSeen || retired !== undefined);
  return [
    provisioned,
    ...(provisioned.outcome === 'done' && (isSeen || retired === undefined) ? [connectionStep(activated, isSeen)] : []),
    ...(retired === undefined
      ? []
      : [stepOf('retirement', { at: retired.at, outcome: 'done', what: 'takes the certificate out of use: another one is in use' })]),
  ];
};

const provisioningStep = (status: CertificateStatus | undefined, wasUsed: boolean): Step => {
  if (wasUsed || status === 'ACTIVE')
    return stepOf('provisioning', { outcome: 'done', what: 'creates the thing and activates the certificate' });
  switch (status) {
    case 'PENDING_ACTIVATION':
      return stepOf('provisioning', {
        outcome: 'failed',
        what: 'did not activate the certificate: AWS IoT let the registration fail after the verdict',
      });
    case 'INACTIVE':
    case 'REVOKED':
      return stepOf('provisioning', { outcome: 'failed', what: `the certificate is ${status} at AWS IoT: somebody took it out of use` });
    case 'GONE':
      return stepOf('provisioning', { outcome: 'failed', what: 'the certificate is no longer there' });
    case 'PENDING_TRANSFER':
    case 'REGISTER_INACTIVE':
    case undefined:
      return stepOf('provisioning', { outcome: 'unknown', what: 'no record tells whether the certificate was activated' });
  }
};

const connectionStep = (activated: AuditEvent | undefined, isSeen: boolean): Step =>
  isSeen
    ? stepOf('connection', {
        ...(activated === undefined ? {} : { at: activated.at }),
        outcome: 'done',
        what: 'connects with its own certificate: it is active',
      })
    : stepOf('connection', { outcome: 'waiting', what: 'has not yet connected with its own certificate' });
