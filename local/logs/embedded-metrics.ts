import * as z from 'zod';
import { dimensions, unit } from '../cloudwatch/input-schemas.ts';
import type { MetricStore } from '../cloudwatch/metric-store.ts';
import type { MetricIdentity } from '../cloudwatch/metric.ts';
import { combined, statisticsOf, type Statistics } from '../cloudwatch/statistics.ts';
import { isJsonObject, type JsonObject } from '../json-object.ts';
import type { LogEvent } from './log-group.ts';
import type { LogListener } from './log-store.ts';

// CloudWatch User Guide, "Specification: Embedded metric format".

const directive = z.object({
  Namespace: z.string().min(1).max(1024),
  Dimensions: z.array(z.array(z.string().min(1).max(250)).max(30)).min(1),
  Metrics: z
    .array(z.object({ Name: z.string().min(1).max(1024), Unit: unit.default('None'), StorageResolution: z.literal([1, 60]).optional() }))
    .max(100),
});

const metadata = z.object({ Timestamp: z.number().min(0), CloudWatchMetrics: z.array(directive).min(1) });

type Directive = z.output<typeof directive>;

const values = z.union([z.number().transform((one) => [one]), z.array(z.number()).min(1).max(100)]);

interface Sample {
  readonly identity: MetricIdentity;
  readonly statistics: Statistics;
}

/** A text that a Node.js function writes has time, request and level in front; CloudWatch reads on behind them. */
const functionPrefix = /^\S+Z\t[\w-]+\t[A-Z]+\t/;

const documentIn = ({ message }: LogEvent): JsonObject | undefined => {
  const text = message.replace(functionPrefix, '').trim();
  // Most lines are something else, and need not be parsed to know.
  if (!text.startsWith('{') || !text.includes('"_aws"')) return undefined;
  try {
    const parsed: unknown = JSON.parse(text);
    return isJsonObject(parsed) && isJsonObject(parsed['_aws']) && 'CloudWatchMetrics' in parsed['_aws'] ? parsed : undefined;
  } catch {
    return undefined;
  }
};

/** Every name in the directive must be a member of the document; throws where one is not. */
const samplesOf = (document: JsonObject, { Namespace, Dimensions, Metrics }: Directive): readonly Sample[] =>
  Metrics.flatMap(({ Name, Unit }) => {
    const statistics = values
      .parse(document[Name])
      .map((one) => statisticsOf(one, 1))
      .reduce(combined);
    return Dimensions.map((names) => ({
      statistics,
      identity: {
        ...{ namespace: Namespace, metricName: Name, unit: Unit },
        dimensions: dimensions.parse(names.map((name) => ({ Name: name, Value: document[name] }))),
      },
    }));
  });

const hourMs = 3_600_000;

const isInTime = (timestampMs: number, nowMs: number): boolean =>
  timestampMs >= nowMs - 14 * 24 * hourMs && timestampMs <= nowMs + 2 * hourMs;

const extract = (
  document: JsonObject,
  nowMs: number,
): { readonly samples: readonly Sample[]; readonly timestampMs: number } | undefined => {
  const parsed = metadata.safeParse(document['_aws']);
  if (!parsed.success || !isInTime(parsed.data.Timestamp, nowMs)) return undefined;
  try {
    const samples = parsed.data.CloudWatchMetrics.flatMap((one) => samplesOf(document, one));
    return { samples, timestampMs: parsed.data.Timestamp };
  } catch (thrown) {
    if (thrown instanceof z.ZodError) return undefined;
    throw thrown;
  }
};

/** Makes the metrics that log events carry with them. What is wrong with a document is told by a metric of its log group, and nowhere else. */
export const embeddedMetrics =
  (metrics: MetricStore): LogListener =>
  (group, _stream, events) => {
    for (const event of events) {
      const document = documentIn(event);
      if (document === undefined) continue;
      const found = extract(document, event.ingestedAtMs);
      const failed = { namespace: 'AWS/Logs', metricName: 'EMFValidationErrors', dimensions: { LogGroupName: group.name }, unit: 'Count' };
      if (found === undefined) metrics.record(failed, event.ingestedAtMs, statisticsOf(1, 1));
      for (const { identity, statistics } of found?.samples ?? []) metrics.record(identity, found?.timestampMs ?? 0, statistics);
    }
  };
