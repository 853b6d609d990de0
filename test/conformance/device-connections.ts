import { connectAsync, type MqttClient } from 'mqtt';

import type { LocalAws } from '../../local/main.ts';

/** A certificate with its private key, PEM; further certificates may follow the first one. */
export interface DeviceCredentials {
  readonly cert: string;
  readonly key: string;
}

export interface DeviceConnectionOptions {
  readonly clientId: string;
  /** What SNI asks for: the account's endpoint unless given; undefined sends none. */
  readonly serverName?: string | undefined;
  readonly protocolVersion?: 4 | 5;
}

/** Connects as MQTT.js does, once: rejects when the service hangs up or refuses. */
export const connectDevice = async (
  aws: LocalAws,
  { cert, key }: DeviceCredentials,
  options: DeviceConnectionOptions,
): Promise<MqttClient> => {
  const { clientId, protocolVersion = 4 } = options;
  const servername = 'serverName' in options ? options.serverName : aws.services.iot.dataEndpoint;
  return connectAsync(
    `mqtts://127.0.0.1:${aws.mqtt.port}`,
    {
      ...{ cert, key, ca: aws.rootCa },
      ...{ clientId, protocolVersion, reconnectPeriod: 0, connectTimeout: 4000 },
      // The name is that of AWS, the address is this machine's.
      ...(servername === undefined ? { rejectUnauthorized: true, checkServerIdentity: () => undefined } : { servername }),
    },
    false,
  );
};

/** What becomes of one attempt to connect. */
export const attempt = async (
  aws: LocalAws,
  credentials: DeviceCredentials,
  options: DeviceConnectionOptions,
): Promise<'accepted' | 'closed'> => {
  try {
    const client = await connectDevice(aws, credentials, options);
    await client.endAsync(true);
    return 'accepted';
  } catch {
    return 'closed';
  }
};
