import * as z from 'zod/mini';
import { lineName } from '../identifiers.ts';
import { defineOperation } from '../operation.ts';
import { rotationView } from './rotation-view.ts';

/** How the replacement of the credentials of a line goes. */
export const rotationShow = defineOperation({
  name: 'rotation.show',
  roles: ['operator', 'security', 'auditor'],
  isChange: false,
  needsTwo: false,
  input: z.strictObject({ line: lineName }),
  output: z.object({ rotation: rotationView }),
});
