import { iot, iotidentity, mqtt, mqtt5 } from 'aws-iot-device-sdk-v2';

export interface Endpoint {
  readonly host: string;
  readonly port: number;
  /** The roots that vouch for the server, in PEM. */
  readonly rootCa: string;
}

export interface Identity {
  readonly certificate: string;
  readonly privateKey: string;
}

/** What this example needs of a connection, whichever protocol version it speaks. */
export interface Transport {
  readonly identityClient: iotidentity.IotIdentityClientv2;
  subscribe(topic: string, onMessage: (payload: string) => void): Promise<void>;
  publish(topic: string, payload: string): Promise<void>;
  close(): Promise<void>;
}

export type Connect = (endpoint: Endpoint, identity: Identity, clientId: string) => Promise<Transport>;

const requestOptions = { maxRequestResponseSubscriptions: 4, maxStreamingSubscriptions: 2, operationTimeoutInSeconds: 20 };

export const connectMqtt311: Connect = ({ host, port, rootCa }, { certificate, privateKey }, clientId) =>
  openMqtt311(
    iot.AwsIotMqttConnectionConfigBuilder.new_mtls_builder(certificate, privateKey)
      .with_certificate_authority(rootCa)
      .with_endpoint(host)
      .with_port(port)
      .with_client_id(clientId)
      .with_clean_session(true)
      .build(),
  );

/** Connects as the SDK's builder says. */
export const openMqtt311 = async (config: mqtt.MqttConnectionConfig): Promise<Transport> => {
  const connection = new mqtt.MqttClient().new_connection(config);
  await connection.connect();
  const identityClient = iotidentity.IotIdentityClientv2.newFromMqtt311(connection, requestOptions);
  return {
    identityClient,
    subscribe: async (topic, onMessage) => {
      await connection.subscribe(topic, mqtt.QoS.AtLeastOnce, (_topic, payload) => {
        onMessage(Buffer.from(payload).toString());
      });
    },
    publish: async (topic, payload) => {
      await connection.publish(topic, payload, mqtt.QoS.AtLeastOnce);
    },
    close: async () => {
      identityClient.close();
      await connection.disconnect();
    },
  };
};

export const connectMqtt5: Connect = ({ host, port, rootCa }, { certificate, privateKey }, clientId) =>
  openMqtt5(
    iot.AwsIotMqtt5ClientConfigBuilder.newDirectMqttBuilderWithMtlsFromMemory(host, certificate, privateKey)
      .withCertificateAuthority(rootCa)
      .withPort(port)
      .withConnectProperties({ clientId, keepAliveIntervalSeconds: 60 })
      .build(),
  );

/** Connects as the SDK's builder says. */
export const openMqtt5 = async (config: mqtt5.Mqtt5ClientConfig): Promise<Transport> => {
  const client = new mqtt5.Mqtt5Client(config);
  await startMqtt5(client);
  const identityClient = iotidentity.IotIdentityClientv2.newFromMqtt5(client, requestOptions);
  const listeners = new Map<string, (payload: string) => void>();
  client.on('messageReceived', ({ message }) => {
    listeners.get(message.topicName)?.(payloadText(message.payload));
  });
  return {
    identityClient,
    subscribe: async (topic, onMessage) => {
      listeners.set(topic, onMessage);
      const { reasonCodes } = await client.subscribe({ subscriptions: [{ topicFilter: topic, qos: mqtt5.QoS.AtLeastOnce }] });
      if (reasonCodes.some(isRefusal)) throw new Error(`The subscription to ${topic} was refused with ${reasonCodes.join(', ')}`);
    },
    publish: async (topicName, payload) => {
      const result = await client.publish({ topicName, payload, qos: mqtt5.QoS.AtLeastOnce });
      if (result !== undefined && isRefusal(result.reasonCode))
        throw new Error(`Publishing to ${topicName} was refused with ${result.reasonCode}`);
    },
    close: async () => {
      identityClient.close();
      await stopMqtt5(client);
    },
  };
};

// MQTT 5 §2.4: reason codes from 0x80 on say that the operation failed.
const isRefusal = (reasonCode: number): boolean => reasonCode >= 0x80;

const payloadText = (payload: mqtt5.Payload | undefined): string =>
  typeof payload === 'string' ? payload : payload instanceof ArrayBuffer ? Buffer.from(payload).toString() : '';

const startMqtt5 = (client: mqtt5.Mqtt5Client): Promise<void> =>
  new Promise((resolve, reject) => {
    client.on('connectionSuccess', () => {
      resolve();
    });
    client.on('connectionFailure', ({ error }) => {
      client.stop();
      reject(new Error(`The connection was refused: ${error.error_name}`));
    });
    client.start();
  });

const stopMqtt5 = (client: mqtt5.Mqtt5Client): Promise<void> =>
  new Promise((resolve) => {
    client.on('stopped', () => {
      client.close();
      resolve();
    });
    client.stop();
  });
