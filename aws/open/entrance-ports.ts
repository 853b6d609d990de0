import { IoTClient } from '@aws-sdk/client-iot';
import type { DeviceCertificates, DevicePlacing } from '../../domain/registry-ports.ts';
import { createIotDeviceCertificates } from '../iot/device-certificates.ts';
import { createIotDevicePlacing } from '../iot/device-placing.ts';

export interface EntrancePorts {
  readonly certificates: DeviceCertificates;
  readonly placing: DevicePlacing;
}

/** How devices are placed that come without a provisioning template. AWS IoT takes a few calls a second: rather wait than give up. */
export const openEntrancePorts = (client = new IoTClient({ maxAttempts: 6 })): EntrancePorts => ({
  certificates: createIotDeviceCertificates(client),
  placing: createIotDevicePlacing(client),
});
