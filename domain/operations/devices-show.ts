import * as z from 'zod/mini';
import { defineOperation } from '../operation.ts';
import { operatorRoles } from '../operator-scope.ts';
import { deviceName } from './device-name.ts';
import { deviceRecord } from './device-record.ts';

/** Everything on record about one device. */
export const devicesShow = defineOperation({
  name: 'devices.show',
  roles: operatorRoles,
  isChange: false,
  needsTwo: false,
  input: z.strictObject(deviceName),
  output: z.object({ device: deviceRecord }),
});
