import * as z from 'zod/mini';
import { type DeviceBoundaries, parseDeviceBoundaries } from '../../domain/connection/device-boundaries.ts';

/** What every authorizer is deployed with; construct and handlers share these names. An approach may add its own. */
const schema = z.object({
  TABLE_NAME: z.string(),
  PREFIX: z.string(),
  TOPIC_PREFIX: z.string(),
  PARTITION: z.string(),
  ACCOUNT: z.string(),
  REFUSAL_FLOOR_MS: z.coerce.number(),
});

export type DeviceAuthorizerEnvironment = Readonly<Record<keyof z.infer<typeof schema>, string>>;

// Lambda sets it.
const withRegion = z.extend(schema, { AWS_REGION: z.string() });

/** @throws when a variable is missing: a function deployed wrongly must not run. */
export const parseDeviceAuthorizerEnvironment = (variables: NodeJS.ProcessEnv) => z.parse(withRegion, variables);

/**
 * What the devices of a deployment share, which the bundler writes in place of the variable `BOUNDARIES`.
 * @throws when it is missing: a function deployed wrongly must not run.
 */
export const readBoundaries = (json: string | undefined): DeviceBoundaries => parseDeviceBoundaries(json ?? '');
