import * as z from 'zod/mini';
import { lineName } from '../identifiers.ts';
import { defineOperation } from '../operation.ts';
import { note } from './device-name.ts';
import { rotationChange } from './rotation-view.ts';

/** Has nobody more of a line asked; who has begun goes on to the end. */
export const rotationHalt = defineOperation({
  name: 'rotation.halt',
  roles: ['operator', 'security'],
  isChange: true,
  needsTwo: false,
  input: z.strictObject({ line: lineName, note }),
  output: rotationChange,
});
