import { createBehaviour, type IotBehaviour } from '../behaviour/behaviour.ts';
import type { IotLog } from '../events/iot-log.ts';
import { createIotMetrics, type IotMetrics } from '../metrics/iot-metrics.ts';
import type { RuleAction } from './actions/rule-action.ts';
import type { RuleContext } from './rule-context.ts';

export interface RuleReportPorts {
  /** Without it nothing is logged. */
  readonly log?: IotLog;
  /** Without it nothing is counted. */
  readonly metrics?: IotMetrics;
  /** Default: the table of assumptions as it stands. */
  readonly behaviour?: Pick<IotBehaviour, 'logging.rule-action-resources' | 'metrics.rule-action-types' | 'rules.action-names'>;
}

/** An action of a rule that was, or will be, performed. */
export interface PerformedAction {
  readonly ruleName: string;
  readonly kind: RuleAction['kind'];
  /** What the action is on, filled. */
  readonly resource: string;
  readonly isErrorAction: boolean;
  /** Why it failed; undefined when it did not. */
  readonly failure?: string;
}

/** What the rules engine says of its work, in the log and in metrics (DG:cwl-format, DG:metrics_dimensions). */
export interface RuleReport {
  matched(ruleName: string, context: RuleContext): void;
  notFound(ruleName: string, context: RuleContext): void;
  executed(): void;
  /** Not evaluated, since the account had as many evaluations as it may have in a second. */
  throttled(ruleName: string, context: RuleContext): void;
  /** The statement could not be evaluated for the message. */
  failed(ruleName: string, context: RuleContext, error: unknown): void;
  starting(performed: PerformedAction, context: RuleContext): void;
  performed(performed: PerformedAction, context: RuleContext): void;
}

const factsOf = (ruleName: string, { clientId = 'N/A', topic, principal }: RuleContext) => ({
  clientId,
  topicName: topic,
  ruleName,
  ...(principal === undefined ? {} : { principalId: principal }),
});

const silence: IotLog = () => undefined;

const metricOf = ({ isErrorAction, failure }: PerformedAction): string =>
  `${isErrorAction ? 'ErrorAction' : ''}${failure === undefined ? 'Success' : 'Failure'}`;

export const createRuleReport = ({
  log = silence,
  metrics = createIotMetrics(undefined),
  behaviour = createBehaviour(),
}: RuleReportPorts): RuleReport => {
  const nameOf = (kind: RuleAction['kind']): string => behaviour['rules.action-names'][kind] ?? kind;
  return {
    matched: (ruleName, context) => {
      metrics.count('TopicMatch', { RuleName: ruleName });
      if (context.json === undefined && context.rawPayload.length > 0) metrics.count('ParseError', { RuleName: ruleName });
      log(() => ({ eventType: 'RuleMatch', status: 'Success', ...factsOf(ruleName, context) }));
    },
    notFound: (ruleName, context) => {
      metrics.count('RuleNotFound', { RuleName: ruleName });
      const topicName = `$aws/rules/${ruleName}${context.topic === '' ? '' : `/${context.topic}`}`;
      const why = { reason: 'RuleNotFound', details: `Rule ${ruleName} not found` };
      log(() => ({ eventType: 'RuleNotFound', status: 'Failure', ...factsOf(ruleName, context), topicName, ...why }));
    },
    executed: () => {
      metrics.count('RulesExecuted');
    },
    throttled: (ruleName, context) => {
      metrics.count('RuleExecutionThrottled', { RuleName: ruleName });
      log(() => ({
        eventType: 'RuleMessageThrottled',
        status: 'Failure',
        ...factsOf(ruleName, context),
        reason: 'RuleExecutionThrottled',
      }));
    },
    failed: (ruleName, context, error) => {
      log(() => ({ eventType: 'RuleExecution', status: 'Failure', ...factsOf(ruleName, context), details: String(error) }));
    },
    starting: ({ ruleName, kind }, context) => {
      const event = { eventType: 'StartingRuleExecution', status: 'Success', logLevel: 'DEBUG' } as const;
      log(() => ({ ...event, ...factsOf(ruleName, context), ruleAction: nameOf(kind) }));
    },
    performed: (performed, context) => {
      const { ruleName, kind, resource, failure } = performed;
      metrics.count(metricOf(performed), {
        RuleName: ruleName,
        ActionType: behaviour['metrics.rule-action-types'][kind] ?? kind,
      });
      log(() => ({
        eventType: 'RuleExecution',
        status: failure === undefined ? 'Success' : 'Failure',
        ...factsOf(ruleName, context),
        ruleAction: nameOf(kind),
        resources: { [behaviour['logging.rule-action-resources'][kind] ?? 'Resource']: resource },
        ...(failure === undefined ? {} : { details: failure }),
      }));
    },
  };
};
