import type { MetricStore } from '../../cloudwatch/metric-store.ts';
import { statisticsOf } from '../../cloudwatch/statistics.ts';
import type { Clock } from '../../clock.ts';

/** How an invocation ended: it answered, it failed or ran into its time-out, or there was no concurrency left for it. */
export type InvocationEnd = { readonly isError: boolean; readonly durationMs: number } | 'throttled';

interface Invoked {
  readonly functionName: string;
  /** A version or an alias. */
  readonly qualifier: string | undefined;
}

/**
 * The metrics of `AWS/Lambda` (Developer Guide, "Types of metrics for Lambda functions"): of all functions, of each, and of each
 * version or alias that was invoked by its name. What was throttled was not invoked. Time stamps say when an invocation began.
 * A duration has the start of the environment in it, which AWS leaves out.
 */
export class InvocationMetrics {
  readonly #clock: Clock;
  #metrics: MetricStore | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  measureWith(metrics: MetricStore): void {
    this.#metrics = metrics;
  }

  /** Answers what is to be told how the invocation ended. */
  begin(invoked: Invoked): (end: InvocationEnd) => void {
    const atMs = this.#clock.now();
    return (end) => {
      for (const [metricName, unit, value] of measured(end)) {
        for (const dimensions of dimensionsOf(invoked)) {
          this.#metrics?.record({ namespace: 'AWS/Lambda', metricName, dimensions, unit }, atMs, statisticsOf(value, 1));
        }
      }
    };
  }
}

const measured = (end: InvocationEnd): readonly (readonly [name: string, unit: string, value: number])[] => {
  if (end === 'throttled') return [['Throttles', 'Count', 1]];
  return [
    ['Invocations', 'Count', 1],
    ['Throttles', 'Count', 0],
    ['Errors', 'Count', end.isError ? 1 : 0],
    ['Duration', 'Milliseconds', end.durationMs],
  ];
};

const dimensionsOf = ({ functionName, qualifier }: Invoked): readonly Readonly<Record<string, string>>[] => {
  const resource = qualifier === undefined ? functionName : `${functionName}:${qualifier}`;
  return [{}, { FunctionName: functionName }, { FunctionName: functionName, Resource: resource }];
};
