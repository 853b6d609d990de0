import { GetConnectionCommand, IoTDataPlaneClient, ResourceNotFoundException } from '@aws-sdk/client-iot-data-plane';
import type { ConnectionLook } from '../../domain/connection/take-over-ports.ts';

/** AWS IoT answers once a second about each client id. */
const MAX_ATTEMPTS = 6;

/** Describes connections by AWS IoT's GetConnection. What it does not tell in full is not told. */
export const createIotConnectionLook = (client = new IoTDataPlaneClient({ maxAttempts: MAX_ATTEMPTS })): ConnectionLook => ({
  async holderOf(clientId) {
    try {
      const { connectedSince, sourceIp } = await client.send(new GetConnectionCommand({ clientId, includeSocketInformation: true }));
      return connectedSince === undefined || sourceIp === undefined ? undefined : { since: connectedSince, address: sourceIp };
    } catch (error) {
      if (error instanceof ResourceNotFoundException) return undefined;
      throw error;
    }
  },
});
