import * as z from 'zod/mini';
import type { SharedTopic } from '../boundary.ts';
import { type LineName, type TenantName, lineName, tenantName } from '../identifiers.ts';

/** What the devices of a line share, and how they may call themselves. */
export interface LineBoundary {
  readonly name: LineName;
  readonly sharedTopics: readonly SharedTopic[];
  /** Where they may connect as `<path>/<serial>` beside their thing's name. */
  readonly clientIdPath?: string | undefined;
  /** Whether AWS IoT has jobs for its devices. */
  readonly followsJobs?: boolean | undefined;
  /** No device comes in that was never seen; left out where one may. */
  readonly isClosed?: boolean | undefined;
}

export interface TenantBoundary {
  readonly name: TenantName;
  readonly sharedTopics: readonly SharedTopic[];
}

/** What an authorizer must know of a deployment to say what each of its devices may do. */
export interface DeviceBoundaries {
  /** The lines whose devices come by this authorizer. */
  readonly lines: readonly LineBoundary[];
  /** Those that share topics; any other shares none. */
  readonly tenants: readonly TenantBoundary[];
}

const sharedTopics = z.array(z.object({ topic: z.string(), publish: z.boolean(), absolute: z.optional(z.boolean()) }));
const deviceBoundaries = z.object({
  lines: z.array(
    z.object({
      ...{ name: lineName, sharedTopics, clientIdPath: z.optional(z.string()) },
      ...{ followsJobs: z.optional(z.boolean()), isClosed: z.optional(z.boolean()) },
    }),
  ),
  tenants: z.array(z.object({ name: tenantName, sharedTopics })),
});

/** Reads boundaries from JSON text. @throws when it is none: nothing may be allowed without them. */
export const parseDeviceBoundaries = (json: string): DeviceBoundaries => z.parse(deviceBoundaries, JSON.parse(json));
