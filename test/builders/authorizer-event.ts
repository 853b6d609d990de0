export const SERVER_NAME = 'a1b2c3d4e5f6g7-ats.iot.eu-west-1.amazonaws.com';

export interface ConnectingClient {
  readonly clientId?: string;
  readonly username?: string;
  readonly password?: string;
  readonly connectionId?: string;
  readonly serverName?: string;
}

/** What AWS IoT sends to an authorizer of a device that connects by MQTT over TLS (DG, "Defining your Lambda function"). */
export const anAuthorizerEvent = ({
  clientId = 'muster:sensor:SN-1',
  username = 'muster:sensor:SN-1?x-amz-customauthorizer-name=muster-tin',
  password = 'sesame',
  connectionId = '0c1d2e3f-0000-4000-8000-000000000001',
  serverName = SERVER_NAME,
}: ConnectingClient = {}) => ({
  signatureVerified: false,
  protocols: ['tls', 'mqtt'],
  protocolData: { tls: { serverName }, mqtt: { username, password: Buffer.from(password, 'utf8').toString('base64'), clientId } },
  connectionMetadata: { id: connectionId },
});
