import { auditMetrics, reportMetrics } from '../audit/audit-metrics.ts';
import { lossMetrics } from '../audit/loss.ts';
import { claimMetrics } from '../claim/claim-metrics.ts';
import type { Configuration } from '../configuration/configuration-schema.ts';
import { connectionMetrics } from '../connection/connection-metrics.ts';
import { defenderMetrics } from '../defender/defender-metrics.ts';
import { reconciliationMetrics } from '../reconciliation/reconciliation-metrics.ts';
import { rotationMetrics } from '../rotation/rotation-metrics.ts';
import { fleetMetrics } from './fleet-gauge.ts';
import { onboardingMetrics } from './onboarding-metrics.ts';

/**
 * How soon somebody should look:
 * - `now`: whoever is on call, at night as well
 * - `today`: in working hours
 * - `part`: it tells nobody; another alarm goes by it, and who follows that one looks at it
 */
export type AlarmSeverity = 'now' | 'today' | 'part';

/** An alarm of every deployment that has what it watches. */
export interface AlarmDefinition {
  /** Below the prefix of the deployment; what stands in `<…>` is filled in. */
  readonly name: string;
  /** What happened, for whoever reads of it; the runbook says the rest. */
  readonly means: string;
  /** Of the namespace of the deployment, unless it names another; or what it combines. */
  readonly metric: string;
  /** What is compared of it; the sum, unless said. */
  readonly statistic?: 'Maximum';
  /** At least so much, or the setting of `alarms` that says how much. None where it combines others. */
  readonly threshold?: number | Exclude<keyof Configuration['alarms'], 'email'>;
  /** Where it rings for less than the threshold: in each of so many hours. */
  readonly hoursOfSilence?: number;
  /** Why not more and not less. */
  readonly because: string;
  readonly severity: AlarmSeverity;
  /** The section of docs/runbook.md. */
  readonly runbook: string;
}

const ONE = 'it never happens by itself: one is too many';

/** Every alarm that a deployment can have. Unless it rings for silence, it looks at five minutes. No data counts as good. */
export const alarmDefinitions = {
  onboardingDown: {
    name: 'onboarding-down',
    means: 'No device can come in, whatever its line: this deployment fails, or AWS does.',
    metric: 'any of the parts that are our own faults',
    because: 'each of its parts alone keeps devices out on every line',
    severity: 'now',
    runbook: 'Onboarding is down',
  },
  functionErrors: {
    name: '<function>-errors',
    means: 'The function <function>, which decides who comes in, crashed or ran out of time.',
    metric: 'AWS/Lambda Errors',
    threshold: 3,
    because:
      'what goes wrong it answers for itself; one crash is a bad minute of AWS Lambda, after which devices try again, and three are not',
    severity: 'part',
    runbook: 'Onboarding is down',
  },
  functionThrottles: {
    name: '<function>-throttles',
    means: 'The function <function>, which decides who comes in, found no concurrency.',
    metric: 'AWS/Lambda Throttles',
    threshold: 10,
    because: 'a line that starts may be throttled for a moment, and its devices try again',
    severity: 'part',
    runbook: 'Onboarding is down',
  },
  admissionFaults: {
    name: 'admission-faults',
    means: 'Devices were turned away for faults that are not theirs.',
    metric: onboardingMetrics.faults,
    threshold: 5,
    because: 'DynamoDB has a slow moment now and then, and who is refused for it tries again; five within minutes are no moment',
    severity: 'part',
    runbook: 'Onboarding is down',
  },
  line: {
    name: 'line-<line>',
    means: 'Devices of line "<line>" are refused, while others could come in.',
    metric: 'its part, unless onboarding is down',
    because: 'while onboarding is down, every line is refused, and one alarm says so',
    severity: 'now',
    runbook: 'A factory line is misbehaving',
  },
  lineRefusals: {
    name: 'refusals-of-line-<line>',
    means: 'Many devices that came by claims of line "<line>" were refused.',
    metric: onboardingMetrics.lineRefusals,
    threshold: 'claimRefusalsPerFiveMinutes',
    because: 'a batch on the line makes few refusals; our own faults are not counted',
    severity: 'part',
    runbook: 'A factory line is misbehaving',
  },
  claimRefusals: {
    name: 'claim-<claim>-refusals',
    means: 'Many devices that came by claim "<claim>" were refused.',
    metric: claimMetrics.refusals,
    threshold: 'claimRefusalsPerFiveMinutes',
    because: 'as of its line, which rings; this one says which claim it is',
    severity: 'part',
    runbook: 'A factory line is misbehaving',
  },
  claimEnumeration: {
    name: 'claim-<claim>-enumeration',
    means: 'Somebody with claim "<claim>" tries serial numbers that it does not cover.',
    metric: claimMetrics.refusalsOf('enumeration'),
    threshold: 'unknownSerialsPerFiveMinutes',
    because: 'a serial misread on the line is one, and the same one again; who guesses makes many',
    severity: 'now',
    runbook: 'Enumeration under a claim',
  },
  claimQuota: {
    name: 'claim-<claim>-quota',
    means: 'Claim "<claim>" has used 90 percent of its quota.',
    metric: claimMetrics.quotaUsed,
    statistic: 'Maximum',
    threshold: 90,
    because: 'late enough that the batch is nearly done, and early enough to make another claim before the line stands still',
    severity: 'today',
    runbook: 'Quota of a claim',
  },
  contested: {
    name: 'contested',
    means: 'Another key came for a serial number that was bound: a clone, a squatter, or a device that lost its key.',
    metric: claimMetrics.contested,
    threshold: 1,
    because: ONE,
    severity: 'now',
    runbook: 'A contested device',
  },
  unknownClaim: {
    name: 'unknown-claim',
    means: 'A certificate was used as a claim that is on no record.',
    metric: claimMetrics.unknownClaims,
    threshold: 1,
    because: ONE,
    severity: 'now',
    runbook: 'An unknown claim',
  },
  cloneSuspected: {
    name: 'clone-suspected',
    means: 'Two devices seem to use one credential.',
    metric: connectionMetrics.clonesSuspected,
    threshold: 1,
    because: 'the watch has weighed it before: it tells once a day and device, after an address came back three times within half an hour',
    severity: 'now',
    runbook: 'A suspected clone',
  },
  publishesRefused: {
    name: 'publishes-refused',
    means: 'A device publishes again and again what it may not.',
    metric: connectionMetrics.publishesRefused,
    threshold: 1,
    because: 'the watch has counted before: `refusedPublishesPerFiveMinutes` of one device',
    severity: 'today',
    runbook: 'Refused publishes',
  },
  connectionRefusals: {
    name: '<approach>-refusals',
    means: 'Many connections were refused by the authorizer of <approach>.',
    metric: connectionMetrics.refused,
    threshold: 'connectionRefusalsPerFiveMinutes',
    because: 'a fleet that reconnects makes few; who forges proofs, or an issuer that is down, makes many',
    severity: 'now',
    runbook: 'Refusals of connections',
  },
  defenderFound: {
    name: 'defender-found',
    means: 'AWS IoT Device Defender found something.',
    metric: defenderMetrics.found,
    threshold: 1,
    because: 'what is so by design is suppressed, and an audit tells once a day',
    severity: 'today',
    runbook: 'A finding of Device Defender',
  },
  reconciliation: {
    name: 'reconciliation',
    means: 'The registry and AWS IoT do not say the same, and a person must decide.',
    metric: reconciliationMetrics.found,
    threshold: 1,
    because: 'what is put right without a person is not counted; the rest is told once a day',
    severity: 'today',
    runbook: 'A finding of reconciliation',
  },
  auditUnsealed: {
    name: 'audit-unsealed',
    means: 'What happened in the last two hours and longer is in no seal.',
    metric: auditMetrics.sealLagSeconds,
    statistic: 'Maximum',
    threshold: 7200,
    because: 'a period takes an hour at the longest, so that a run was missed or failed; what one misses the next takes along',
    severity: 'today',
    runbook: 'History that is not sealed',
  },
  auditSilent: {
    name: 'audit-silent',
    means: 'For two hours other functions ran and sealing did not: its schedule is gone, or each run dies where it begins.',
    metric: reportMetrics.sealing,
    threshold: 1,
    hoursOfSilence: 2,
    because:
      'a period takes an hour at the longest, and a run reports whether it seals or not; an hour may have none where two fall into the next',
    severity: 'today',
    runbook: 'History that is not sealed',
  },
  auditUndelivered: {
    name: 'audit-undelivered',
    means: 'CloudWatch Logs could not hand over events to be sealed, and does not try again.',
    metric: 'AWS/Logs DeliveryErrors',
    threshold: 1,
    because: 'it tries again by itself where that could help; what it counts here is in the log alone, and one is too many',
    severity: 'today',
    runbook: 'Events that were not handed over',
  },
  auditStuck: {
    name: 'audit-stuck',
    means: 'Events are in the log and could not be stored to be sealed; they wait for fourteen days.',
    metric: 'AWS/SQS ApproximateNumberOfMessagesVisible',
    threshold: 1,
    because: 'Lambda has tried each of them three times before; one is too many',
    severity: 'today',
    runbook: 'Events that could not be stored',
  },
  auditUnread: {
    name: 'audit-unread',
    means: 'What AWS told of the fleet could not be put on record; it waits for fourteen days.',
    metric: 'AWS/SQS ApproximateNumberOfMessagesVisible',
    threshold: 1,
    because: 'each was tried several times before; one is too many',
    severity: 'today',
    runbook: 'What AWS told that is not on record',
  },
  decisionsLost: {
    name: 'decisions-lost',
    means: 'AWS Lambda called the pre-provisioning hook more often than it left a decision in the log.',
    metric: lossMetrics.decisionsLost,
    threshold: 1,
    because:
      'the comparison has waited seven hours before, longer than AWS tries anything again; one decision that nobody wrote down is too many',
    severity: 'today',
    runbook: 'Events that were lost',
  },
  eventsLost: {
    name: 'events-lost',
    means: 'The log took in more events than were stored to be sealed.',
    metric: lossMetrics.eventsLost,
    threshold: 1,
    because: 'the comparison has waited seven hours before, longer than AWS tries anything again; one event that is in no seal is too many',
    severity: 'today',
    runbook: 'Events that were lost',
  },
  auditUncompared: {
    name: 'audit-uncompared',
    means: 'For two hours other functions ran and nobody compared what was counted with what is there: a loss would not be found.',
    metric: reportMetrics.comparing,
    threshold: 1,
    hoursOfSilence: 2,
    because: 'a run comes every fifteen minutes, and reports when it has compared; eight that failed or did not come are no bad moment',
    severity: 'today',
    runbook: 'Losses that nobody looks for',
  },
  rotationHalted: {
    name: 'rotation-halted',
    means: 'Too many devices of a line did not get another credential: nobody more is asked.',
    metric: rotationMetrics.halted,
    threshold: 1,
    because: 'the planner has weighed it before, by `rotation.abortAbove` of the line',
    severity: 'today',
    runbook: 'A rotation that halted',
  },
  rotationOverdue: {
    name: 'rotation-overdue',
    means: 'A credential has waited for two weeks to be replaced.',
    metric: fleetMetrics.rotationOverdue,
    statistic: 'Maximum',
    threshold: 336,
    because:
      'a maintenance window comes once a week at the least, so one has passed without a turn; and of the thirty days before a certificate expires half are left',
    severity: 'today',
    runbook: 'A rotation that waits',
  },
} as const satisfies Readonly<Record<string, AlarmDefinition>>;

/** What is filled in for `<line>`, `<claim>` and others. */
export type AlarmSubject = Readonly<Record<string, string>>;

const filled = (text: string, subject: AlarmSubject): string => text.replaceAll(/<(\w+)>/g, (all, word: string) => subject[word] ?? all);

export const alarmName = (prefix: string, { name }: AlarmDefinition, subject: AlarmSubject = {}): string =>
  `${prefix}-${filled(name, subject)}`;

/** What everybody reads who is told, with the way to the runbook. */
export const alarmDescription = ({ means, runbook }: AlarmDefinition, subject: AlarmSubject = {}): string =>
  `${filled(means, subject)} docs/runbook.md, "${runbook}"`;

/** @throws for an alarm that combines others: it has none. */
export const thresholdOf = ({ name, threshold }: AlarmDefinition, settings: Configuration['alarms']): number => {
  if (threshold === undefined) throw new Error(`The alarm "${name}" has no threshold of its own.`);
  return typeof threshold === 'number' ? threshold : settings[threshold];
};
