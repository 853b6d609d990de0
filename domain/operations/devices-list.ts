import * as z from 'zod/mini';
import { attentions } from '../attention.ts';
import { enrollmentStates } from '../enrollment-state.ts';
import { lineName, tenantName } from '../identifiers.ts';
import { defineOperation } from '../operation.ts';
import { operatorRoles } from '../operator-scope.ts';
import { serialNumber } from '../serial-number.ts';

/** What can be asked for: states, and what waits for an operator, which is found without reading everything. */
export const listedStates = [...new Set([...attentions, ...enrollmentStates])] as const;

export const MAX_LISTED = 500;

const listed = z.object({
  line: lineName,
  serialNumber,
  tenant: tenantName,
  state: z.enum(enrollmentStates),
  attention: z.exactOptional(z.enum(attentions)),
  lastEvent: z.object({ at: z.number(), code: z.string() }),
});

export type ListedDevice = z.infer<typeof listed>;

/** A page of the devices within the caller's scope, in no order. A page may be empty and yet have a next. */
export const devicesList = defineOperation({
  name: 'devices.list',
  roles: operatorRoles,
  isChange: false,
  needsTwo: false,
  input: z.strictObject({
    state: z.exactOptional(z.enum(listedStates)),
    line: z.exactOptional(lineName),
    tenant: z.exactOptional(tenantName),
    limit: z._default(z.int().check(z.minimum(1), z.maximum(MAX_LISTED)), 100),
    /** `next` of the page before. */
    after: z.exactOptional(z.string().check(z.maxLength(512))),
  }),
  output: z.object({ devices: z.array(listed), next: z.exactOptional(z.string()) }),
});
