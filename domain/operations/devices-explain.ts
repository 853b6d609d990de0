import * as z from 'zod/mini';
import { lineName } from '../identifiers.ts';
import { defineOperation } from '../operation.ts';
import { operatorRoles } from '../operator-scope.ts';
import { storySchema } from '../story/story.ts';

/** The story of one device in the terms of its sequence diagram. */
export const devicesExplain = defineOperation({
  name: 'devices.explain',
  roles: operatorRoles,
  isChange: false,
  needsTwo: false,
  input: z.strictObject({
    /** Perhaps no serial number at all: whoever looks for it reads it from a label. */
    serialNumber: z.string().check(z.minLength(1), z.maxLength(256)),
    line: z.exactOptional(lineName),
    /** Milliseconds since the epoch from which on the audit log is read. */
    since: z.number(),
  }),
  output: z.object({ story: storySchema }),
});
