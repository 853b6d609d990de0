import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import sdk from 'aws-iot-device-sdk-v2';
import mqtt from 'mqtt';
import { once } from 'node:events';

import { TestBroker } from './test-broker.ts';

let broker: TestBroker;
beforeAll(async () => {
  broker = await TestBroker.start();
});
afterAll(() => broker.stop());

const connectMqttJs = (protocolVersion: 4 | 5, clientId: string) =>
  mqtt.connectAsync(
    `mqtts://127.0.0.1:${broker.mqttPort}`,
    {
      servername: 'localhost',
      key: broker.device.key,
      cert: broker.device.cert,
      ca: broker.server.rootCa,
      protocolVersion,
      clientId,
      reconnectPeriod: 0,
    },
    false,
  );

describe.each([4, 5] as const)('MQTT.js over version %i', (version) => {
  test('connects, subscribes, publishes at QoS 1 and hears itself', async () => {
    const client = await connectMqttJs(version, `mqttjs-${version}`);
    await client.subscribeAsync('loop/back', { qos: 1 });
    const heard = new Promise<readonly string[]>((resolve) => {
      client.once('message', (topic, payload) => {
        resolve([topic, payload.toString()]);
      });
    });
    await client.publishAsync('loop/back', 'hello', { qos: 1 });
    expect(await heard).toEqual(['loop/back', 'hello']);
    await client.endAsync();
    await broker.until(() => !broker.running.broker.isConnected(`mqttjs-${version}`));
    expect(broker.events('presence/disconnected').at(-1)).toMatchObject({ clientInitiatedDisconnect: true });
  });
});

describe('the AWS IoT Device SDK v2', () => {
  test('works over MQTT 3.1.1, on the port that chooses by ALPN', async () => {
    const { io, iot, mqtt: mqtt311 } = sdk;
    const config = iot.AwsIotMqttConnectionConfigBuilder.new_mtls_builder(broker.device.cert, broker.device.key)
      .with_certificate_authority(broker.server.rootCa)
      .with_endpoint('localhost')
      .with_port(broker.alpnPort)
      .with_client_id('sdk-3')
      .with_clean_session(true)
      .build();
    const connection = new mqtt311.MqttClient(new io.ClientBootstrap()).new_connection(config);
    await connection.connect();
    const heard = new Promise<string>((resolve) => {
      void connection.subscribe('sdk/3', mqtt311.QoS.AtLeastOnce, (_topic, payload) => {
        resolve(Buffer.from(payload).toString());
      });
    });
    await broker.until(() => broker.events('subscriptions/subscribed').some(({ clientId }) => clientId === 'sdk-3'));
    await connection.publish('sdk/3', 'hello', mqtt311.QoS.AtLeastOnce);
    expect(await heard).toBe('hello');
    await connection.disconnect();
    await broker.until(() => !broker.running.broker.isConnected('sdk-3'));
  });

  test('works over MQTT 5, on the MQTT port', async () => {
    const { iot, mqtt5 } = sdk;
    const config = iot.AwsIotMqtt5ClientConfigBuilder.newDirectMqttBuilderWithMtlsFromMemory(
      'localhost',
      broker.device.cert,
      broker.device.key,
    )
      .withCertificateAuthority(broker.server.rootCa)
      .withPort(broker.mqttPort)
      .withConnectProperties({ keepAliveIntervalSeconds: 60, clientId: 'sdk-5' })
      .build();
    const client = new mqtt5.Mqtt5Client(config);
    const connected = once(client, 'connectionSuccess');
    client.start();
    await connected;
    const heard = once(client, 'messageReceived');
    const suback = await client.subscribe({ subscriptions: [{ qos: mqtt5.QoS.AtLeastOnce, topicFilter: 'sdk/5' }] });
    expect(suback.reasonCodes).toEqual([1]);
    const puback = await client.publish({ qos: mqtt5.QoS.AtLeastOnce, topicName: 'sdk/5', payload: 'hello' });
    expect(puback).toMatchObject({ reasonCode: 0 });
    expect((await heard)[0]).toMatchObject({ message: { topicName: 'sdk/5' } });
    broker.authorizer.deny('iot:Publish', 'sdk/not-mine');
    const refused = await client.publish({ qos: mqtt5.QoS.AtLeastOnce, topicName: 'sdk/not-mine', payload: 'x' });
    expect(refused).toMatchObject({ reasonCode: 0x87 });
    const stopped = once(client, 'stopped');
    client.stop();
    await stopped;
    client.close();
  });
});
