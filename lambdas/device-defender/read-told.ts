import * as z from 'zod/mini';
import { parseJson } from '../../domain/parse-json.ts';

/** What Device Defender tells a topic: that an audit is over, or that somebody wants something done about a finding. */
export type Told = { readonly kind: 'audit'; readonly taskId: string } | { readonly kind: 'mitigation'; readonly findingId: string };

// Device Defender developer guide, "Audit", the payload of notifications.
const audit = z.object({ taskId: z.string(), taskStatus: z.enum(['COMPLETED', 'FAILED', 'CANCELED']) });

/** AWS publishes no schema of what a mitigation action tells; the id of the finding is all that is taken from it. */
const mitigation = z.union([z.object({ finding: z.object({ findingId: z.string() }) }), z.object({ findingId: z.string() })]);

/** Only ids are read: what was found is asked of AWS IoT itself. `undefined` for what is neither. */
export const readTold = (body: string): Told | undefined => {
  const message = parseJson(body);
  const over = z.safeParse(audit, message).data;
  if (over !== undefined) return { kind: 'audit', taskId: over.taskId };
  const wanted = z.safeParse(mitigation, message).data;
  if (wanted === undefined) return undefined;
  return { kind: 'mitigation', findingId: 'finding' in wanted ? wanted.finding.findingId : wanted.findingId };
};
