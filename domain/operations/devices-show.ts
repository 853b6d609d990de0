import * as z from 'zod/mini';
import { lineName } from '../identifiers.ts';
import { defineOperation } from '../operation.ts';
import { operatorRoles } from '../operator-scope.ts';
import { serialNumber } from '../serial-number.ts';
import { deviceRecord } from './device-record.ts';

/** Everything on record about one device. */
export const devicesShow = defineOperation({
  name: 'devices.show',
  roles: operatorRoles,
  isChange: false,
  needsTwo: false,
  input: z.strictObject({ line: lineName, serialNumber }),
  output: deviceRecord,
});
