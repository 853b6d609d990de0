import * as z from 'zod/mini';

// CloudFormation may leave out what is empty.
const digests = z._default(z.record(z.string(), z.string()), {});
const versioned = z.object({ Policies: digests, Templates: digests });

/** What a stack says of its policies and templates: a digest of each document by name. @throws for properties that our construct would not write. */
export const parseVersioned = (input: unknown) => {
  const { Policies, Templates } = z.parse(versioned, input);
  return { policies: Policies, templates: Templates };
};
