import * as z from 'zod/mini';
import { lineName } from '../identifiers.ts';
import { defineOperation } from '../operation.ts';
import { rotationChange } from './rotation-view.ts';

/** Has every credential of a line replaced that is in use now, whenever it is due: in waves, a few first. */
export const rotationStart = defineOperation({
  name: 'rotation.start',
  roles: ['operator', 'security'],
  isChange: true,
  needsTwo: false,
  input: z.strictObject({ line: lineName }),
  output: rotationChange,
});
