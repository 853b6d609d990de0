import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { IoTClient } from '@aws-sdk/client-iot';
import { IoTDataPlaneClient } from '@aws-sdk/client-iot-data-plane';
import type { ConnectionEnding } from '../../domain/claim/claim-ports.ts';
import type { AuditReader, CertificateStates, ThingGroups } from '../../domain/device-ports.ts';
import type { CertificateRevocation } from '../../domain/issuance/issuance-ports.ts';
import type { DeviceRemoval } from '../../domain/registry-ports.ts';
import { createCloudWatchAuditReader } from '../cloudwatch/audit-reader.ts';
import { createIotCertificateStates } from '../iot/certificate-states.ts';
import { createIotConnections } from '../iot/connections.ts';
import { createIotDeviceRemoval } from '../iot/device-removal.ts';
import { createIotThingGroups } from '../iot/thing-groups.ts';

/** What operators' commands about devices reach beside the table. */
export interface DevicePorts {
  readonly auditReader: AuditReader;
  readonly thingGroups: ThingGroups;
  readonly certificateStates: CertificateStates;
  readonly connectionEnding: ConnectionEnding;
  readonly deviceRemoval: DeviceRemoval;
}

/** AWS IoT takes a few calls a second from a whole account: an operator rather waits some seconds than repeats a command. */
const patient = { maxAttempts: 6 };

export const openDevicePorts = (auditLogGroupName: string, revocation: CertificateRevocation | undefined): DevicePorts => {
  const iot = new IoTClient(patient);
  return {
    auditReader: createCloudWatchAuditReader(new CloudWatchLogsClient(patient), auditLogGroupName),
    thingGroups: createIotThingGroups(iot),
    certificateStates: createIotCertificateStates(iot, revocation),
    deviceRemoval: createIotDeviceRemoval(iot, revocation),
    connectionEnding: createIotConnections(new IoTDataPlaneClient(patient)),
  };
};
