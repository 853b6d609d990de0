import { DeleteConnectionCommand, IoTDataPlaneClient, ResourceNotFoundException } from '@aws-sdk/client-iot-data-plane';
import type { ConnectionEnding } from '../../domain/claim/claim-ports.ts';

/** AWS IoT ends one connection a second of each client id, and the SDK waits half a second and more after a refusal by rate. */
const MAX_ATTEMPTS = 6;

/** Ends connections of MQTT clients at AWS IoT. A client whose certificate still counts may connect again. */
export const createIotConnections = (client = new IoTDataPlaneClient({ maxAttempts: MAX_ATTEMPTS })): ConnectionEnding => ({
  async end(clientId) {
    try {
      await client.send(new DeleteConnectionCommand({ clientId }));
      return 'ended';
    } catch (error) {
      if (error instanceof ResourceNotFoundException) return 'gone';
      throw error;
    }
  },
});
