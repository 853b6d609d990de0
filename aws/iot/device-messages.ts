import { IoTDataPlaneClient, PublishCommand } from '@aws-sdk/client-iot-data-plane';
import type { DeviceMessages } from '../../domain/rotation/rotation-ports.ts';

/** Publishes to devices by the HTTP interface of AWS IoT. */
export const createIotDeviceMessages = (client = new IoTDataPlaneClient()): DeviceMessages => ({
  async tell(topic, message) {
    const payload = new TextEncoder().encode(JSON.stringify(message));
    await client.send(new PublishCommand({ topic, qos: 1, payload, contentType: 'application/json' }));
  },
});
