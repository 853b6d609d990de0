import * as z from 'zod';
import { isJsonObject } from '../../json-object.ts';

// CloudWatch User Guide, "Dashboard body structure and syntax".

/** Where in a body something is wrong, and what, as PutDashboard words it. */
export interface BodyFault {
  readonly DataPath: string;
  readonly Message: string;
}

const maxWidgets = 500;

const place = {
  x: z.int().min(0).max(23).optional(),
  y: z.int().min(0).optional(),
  width: z.int().min(1).max(24).optional(),
  height: z.int().min(1).max(1000).optional(),
};

/** `[namespace, name, dimension, value, …, options]`; `.` repeats what stands above, `{ expression }` is metric math. */
const metric = z.union([
  z.tuple([z.object({ expression: z.string().min(1), id: z.string().optional() })]),
  z.array(z.union([z.string().min(1), z.looseObject({})])).min(2),
]);

const annotations = z.looseObject({ alarms: z.array(z.string().startsWith('arn:')).length(1).optional() });

const metricProperties = z
  .looseObject({
    metrics: z.array(metric).min(1).max(500).optional(),
    annotations: annotations.optional(),
    region: z.string().min(1),
    view: z.enum(['timeSeries', 'singleValue', 'gauge', 'bar', 'pie', 'table']).optional(),
    stacked: z.boolean().optional(),
    stat: z.string().min(1).optional(),
    period: z.int().min(1).optional(),
    title: z.string().optional(),
  })
  .refine(({ metrics, annotations: given }) => metrics !== undefined || given?.alarms !== undefined, 'must have metrics or an alarm');

const propertiesOf = {
  text: z.looseObject({ markdown: z.string() }),
  metric: metricProperties,
  log: z.looseObject({ query: z.string().min(1), region: z.string().min(1) }),
  alarm: z.looseObject({ alarms: z.array(z.string().startsWith('arn:')).min(1).max(100), title: z.string().optional() }),
};

const widget = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text'), ...place, properties: propertiesOf.text }),
  z.strictObject({ type: z.literal('metric'), ...place, properties: propertiesOf.metric }),
  z.strictObject({ type: z.literal('log'), ...place, properties: propertiesOf.log }),
  z.strictObject({ type: z.literal('alarm'), ...place, properties: propertiesOf.alarm }),
]);

const body = z.looseObject({
  start: z.string().optional(),
  end: z.string().optional(),
  periodOverride: z.enum(['auto', 'inherit']).optional(),
  widgets: z.array(widget).max(maxWidgets),
});

const faultOf = ({ path, message }: z.core.$ZodIssue): BodyFault => ({ DataPath: `/${path.map(String).join('/')}`, Message: message });

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** What CloudWatch has against a body; nothing when it takes it. */
export const faultsOfBody = (text: string): readonly BodyFault[] => {
  const document = parsed(text);
  if (!isJsonObject(document)) return [{ DataPath: '', Message: 'The body must be a JSON object' }];
  return body.safeParse(document).error?.issues.map(faultOf) ?? [];
};
