import * as z from 'zod/mini';
import { lineName } from '../identifiers.ts';
import { defineOperation } from '../operation.ts';
import { note } from './device-name.ts';
import { rotationChange } from './rotation-view.ts';

/** Lets what was halted go on: it begins anew, with a few. */
export const rotationResume = defineOperation({
  name: 'rotation.resume',
  roles: ['operator', 'security'],
  isChange: true,
  needsTwo: false,
  input: z.strictObject({ line: lineName, note }),
  output: rotationChange,
});
