import { IoTClient } from '@aws-sdk/client-iot';
import type { CertificateStates } from '../domain/device-ports.ts';
import type { CertificateRetirement } from '../domain/ports.ts';
import type { DeviceCertificates, DevicePlacing } from '../domain/registry-ports.ts';
import type { CertificateIssuing, DeviceMessages } from '../domain/rotation/rotation-ports.ts';
import { createIotCertificateIssuing } from './iot-certificate-issuing.ts';
import { createIotCertificateRetirement } from './iot-certificate-retirement.ts';
import { createIotCertificateStates } from './iot-certificate-states.ts';
import { createIotDeviceCertificates } from './iot-device-certificates.ts';
import { createIotDeviceMessages } from './iot-device-messages.ts';
import { createIotDevicePlacing } from './iot-device-placing.ts';

export interface RenewalPorts {
  readonly issuing: CertificateIssuing;
  readonly certificates: Pick<DeviceCertificates, 'find' | 'activate'>;
  readonly certificateStates: Pick<CertificateStates, 'deactivate'>;
  readonly placing: Pick<DevicePlacing, 'bind'>;
  readonly retirement: CertificateRetirement;
  readonly messages: DeviceMessages;
}

/** What credentials are renewed with. AWS IoT takes a few calls a second: rather wait than give up. */
export const openRenewalPorts = (client = new IoTClient({ maxAttempts: 6 })): RenewalPorts => ({
  issuing: createIotCertificateIssuing(client),
  certificates: createIotDeviceCertificates(client),
  certificateStates: createIotCertificateStates(client),
  placing: createIotDevicePlacing(client),
  retirement: createIotCertificateRetirement(client),
  messages: createIotDeviceMessages(),
});
