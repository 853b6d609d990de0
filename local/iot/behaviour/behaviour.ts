import * as z from 'zod';
import { privateCaRows } from '../../acm-pca/private-ca.data.ts';
import { certificateProviderRows } from './certificate-provider.data.ts';
import { customAuthenticationRows } from './custom-authentication.data.ts';
import { jobRows } from './jobs.data.ts';
import { defenderRows } from './defender.data.ts';
import { justInTimeRows } from './just-in-time.data.ts';
import { loggingRows } from './logging.data.ts';
import { mqttRefusalRows } from './mqtt-refusals.data.ts';
import { mqttRows } from './mqtt.data.ts';
import { ownCaRows } from './own-ca.data.ts';
import { policyRows } from './policy.data.ts';
import { provisioningTemplateRows } from './provisioning-templates.data.ts';
import { provisioningRows } from './provisioning.data.ts';
import { quotaRows } from './quotas.data.ts';
import { registryRows } from './registry.data.ts';
import type { BehaviourRow, BehaviourRows } from './row.ts';
import { rulesRows } from './rules.data.ts';

/** Every fact about AWS IoT that AWS does not publish, in one table. `local/README.md` lists it. */
export const behaviourRows = {
  ...jobRows,
  ...justInTimeRows,
  ...ownCaRows,
  ...certificateProviderRows,
  ...customAuthenticationRows,
  ...defenderRows,
  ...loggingRows,
  ...mqttRefusalRows,
  ...mqttRows,
  ...policyRows,
  ...privateCaRows,
  ...provisioningRows,
  ...provisioningTemplateRows,
  ...quotaRows,
  ...registryRows,
  ...rulesRows,
} as const satisfies BehaviourRows;

type Rows = typeof behaviourRows;

export type BehaviourId = keyof Rows;

/** How this AWS IoT behaves where documents are silent, by id. */
export type IotBehaviour = { readonly [Id in BehaviourId]: Rows[Id] extends BehaviourRow<infer Value> ? Value : never };

/** What was captured from a real account: any of the ids, with the values that were seen. */
export type BehaviourCapture = Partial<IotBehaviour>;

const captureSchema = z.strictObject(Object.fromEntries(Object.entries(behaviourRows).map(([id, { schema }]) => [id, schema.optional()])));

const defaults = Object.fromEntries(Object.entries(behaviourRows).map(([id, { value }]) => [id, value]));

/**
 * The defaults, corrected by a capture. Throws an `Error` that names each id that does not exist and each value that does
 * not fit.
 */
export const createBehaviour = (capture: unknown = {}): IotBehaviour => {
  const parsed = captureSchema.safeParse(capture);
  if (!parsed.success) throw new Error(`The captured behaviour of AWS IoT cannot be used.\n${z.prettifyError(parsed.error)}`);
  return { ...defaults, ...parsed.data } as IotBehaviour; // every id has its row, and each value passed the row's schema
};
