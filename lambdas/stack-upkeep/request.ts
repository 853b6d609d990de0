import * as z from 'zod/mini';
import { lineName, tenantName } from '../../domain/identifiers.ts';

// CloudFormation may leave out what is empty.
const digests = z._default(z.record(z.string(), z.string()), {});
const versioned = z.object({ Policies: digests, Templates: digests });

/** What a stack says of its policies and templates: a digest of each document by name. @throws for properties that our construct would not write. */
export const parseVersioned = (input: unknown) => {
  const { Policies, Templates } = z.parse(versioned, input);
  return { policies: Policies, templates: Templates };
};

const buckets = z.object({ Buckets: z.array(z.string()) });

/** The names of the buckets that a stack has. @throws for properties that our construct would not write. */
export const parseBuckets = (input: unknown): readonly string[] => z.parse(buckets, input).Buckets;

/** What CloudFormation knows the lines by; it never changes. */
export const LINES_ID = 'lines';

const names = z._default(z.array(lineName), []);
// CloudFormation makes text of every boolean.
const tenants = z._default(z.array(tenantName), []);
const lines = z.object({ Lines: names, Closed: names, Tenants: tenants, GoWithStack: z.enum(['true', 'false']) });

/** What a stack says of the lines, and of the tenants that their devices may belong to. @throws for properties that our construct would not write. */
export const parseLines = (input: unknown) => {
  const { Lines, Closed, Tenants, GoWithStack } = z.parse(lines, input);
  return { lines: Lines, closed: Closed, tenants: Tenants, goWithStack: GoWithStack === 'true' };
};
