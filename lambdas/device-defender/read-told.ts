import * as z from 'zod/mini';
import type { UnusualBehavior } from '../../domain/defender/unusual-behavior.ts';
import { thingName } from '../../domain/identifiers.ts';
import { parseJson } from '../../domain/parse-json.ts';

/** What Device Defender tells a topic: that an audit is over, that somebody wants something done about a finding, or that a device behaves oddly. */
export type Told =
  | { readonly kind: 'audit'; readonly taskId: string }
  | { readonly kind: 'mitigation'; readonly findingId: string }
  | { readonly kind: 'violation'; readonly violation: UnusualBehavior | undefined };

// Device Defender developer guide, "Audit", the payload of notifications.
const audit = z.object({ taskId: z.string(), taskStatus: z.enum(['COMPLETED', 'FAILED', 'CANCELED']) });

/** AWS publishes no schema of what a mitigation action tells; the id of the finding is all that is taken from it. */
const mitigation = z.union([z.object({ finding: z.object({ findingId: z.string() }) }), z.object({ findingId: z.string() })]);

const violation = z.object({
  violationId: z.string().check(z.regex(/^[\w-]{1,128}$/)),
  violationEventType: z.enum(['in-alarm', 'alarm-cleared', 'alarm-invalidated']),
  violationEventTime: z.number(),
  thingName,
  behavior: z.object({ name: z.string().check(z.regex(/^[\w:-]{1,128}$/)) }),
});

/** Of audits only ids are read: what was found is asked of AWS IoT itself. `undefined` for what is neither. */
export const readTold = (body: string): Told | undefined => {
  const message = parseJson(body);
  const over = z.safeParse(audit, message).data;
  if (over !== undefined) return { kind: 'audit', taskId: over.taskId };
  const odd = z.safeParse(violation, message).data;
  if (odd !== undefined) return { kind: 'violation', violation: odd.violationEventType === 'in-alarm' ? unusual(odd) : undefined };
  const wanted = z.safeParse(mitigation, message).data;
  if (wanted === undefined) return undefined;
  return { kind: 'mitigation', findingId: 'finding' in wanted ? wanted.finding.findingId : wanted.findingId };
};

const unusual = ({ violationId: id, thingName: thing, behavior, violationEventTime: at }: z.infer<typeof violation>): UnusualBehavior => ({
  ...{ id, thingName: thing, behavior: behavior.name, at },
});
