import { DescribeDomainConfigurationCommand, UpdateDomainConfigurationCommand } from '@aws-sdk/client-iot';
import sdk from 'aws-iot-device-sdk-v2';
import { connectAsync } from 'mqtt';

import { AuthorizerWorld, named, makeSigner } from './authorizer-world.ts';
import { assumed, documented } from './fact.ts';

let world: AuthorizerWorld;
beforeAll(async () => {
  world = await AuthorizerWorld.start();
});
afterEach(() => world.retireAuthorizers());
afterAll(() => world.stop());

const guide = 'IoT developer guide, "Custom authentication"';

describe('A client with certificate and authorizer', () => {
  const x509Guide = 'IoT developer guide, "Custom authentication with X.509 client certificates"';
  const both = { authenticationType: 'CUSTOM_AUTH_X509', applicationProtocol: 'SECURE_MQTT' } as const;

  documented(x509Guide, 'is shown to the authorizer with its certificate, whose id the answer must repeat', async () => {
    const device = await world.device({ Effect: 'Allow', Action: 'iot:Connect', Resource: '*' });
    const right = await world.authorizer('return { isAuthenticated: true, principalId: event.protocolData.tls.principalId };');
    const wrong = await world.authorizer('return admission;');
    const enter = async (defaultAuthorizerName: string) => {
      const { serverName: servername } = await world.domain({ ...both, authorizerConfig: { defaultAuthorizerName } });
      const clientId = world.unique();
      const code = await world.attempt('lamp', {
        clientId,
        identity: device,
        port: world.aws.mqtt.port,
        tls: { servername, ALPNProtocols: [] },
      });
      return { clientId, code };
    };
    const admitted = await enter(right.authorizerName);
    expect(admitted.code).toBe(0);
    expect(world.principalOf(admitted.clientId)).toBe(device.certificateId);
    const [event] = await world.events(right.FunctionName);
    expect(event?.['protocolData']).toMatchObject({ tls: { principalId: device.certificateId, x509CertificatePem: device.cert } });
    const refused = await enter(wrong.authorizerName);
    expect(refused.code).toBe('closed');
    expect(world.whyRefused(refused.clientId)).toBe('CUSTOM_AUTHORIZER_LAMBDA_EXECUTION_ERROR');
  });

  documented(x509Guide, 'is judged by the policies of both, and by its certificate first', async () => {
    const device = await world.device({ Effect: 'Allow', Action: 'iot:Publish', Resource: world.arn('topic/own') });
    const authorizer = await world.authorizer(
      `const allowed = [{ Effect: 'Allow', Action: ['iot:Connect'], Resource: '*' }, { Effect: 'Allow', Action: 'iot:Publish', Resource: '${world.arn('topic/granted')}' }];
       return { isAuthenticated: true, principalId: event.protocolData.tls.principalId, policyDocuments: [{ Version: '2012-10-17', Statement: allowed }] };`,
    );
    const { serverName: servername } = await world.domain({
      ...both,
      authorizerConfig: { defaultAuthorizerName: authorizer.authorizerName },
    });
    const client = await world.open(5, { identity: device, tls: { servername } });
    client.connect({ clientId: world.unique() });
    expect(await world.answer(client)).toBe(0);
    for (const topic of ['own', 'granted', 'neither']) await client.publish(topic, 'x', { qos: 1 });
    expect(client.received.flatMap((packet) => (packet.cmd === 'puback' ? [packet.reasonCode] : []))).toEqual([0, 0, 0x87]);
    const stranger = await world.attempt('lamp', { identity: await world.stranger(), tls: { servername } });
    expect(stranger).toBe('closed');
    expect(await world.events(authorizer.FunctionName)).toHaveLength(1);
  });
});

describe('A domain configuration', () => {
  const protocols = 'IoT developer guide, "Device communication protocols"';

  documented(protocols, 'with an authentication type makes port and ALPN meaningless', async () => {
    const { authorizerName } = await world.authorizer();
    const authorizerConfig = { defaultAuthorizerName: authorizerName };
    const { serverName: servername } = await world.domain({
      ...{ authenticationType: 'CUSTOM_AUTH', applicationProtocol: 'SECURE_MQTT', authorizerConfig },
    });
    const plain = { servername, ALPNProtocols: [] };
    expect(await world.attempt('lamp', { port: world.aws.mqtt.port, tls: plain })).toBe(0);
    expect(await world.attempt('lamp', { tls: plain })).toBe(0);
    expect(await world.attempt('lamp', { tls: { servername, ALPNProtocols: ['x-amzn-mqtt-ca'] } })).toBe(0);
  });

  documented(protocols, 'for certificates lets nobody in by an authorizer', async () => {
    const { authorizerName } = await world.authorizer();
    const { serverName: servername } = await world.domain({ authenticationType: 'AWS_X509', applicationProtocol: 'SECURE_MQTT' });
    expect(await world.attempt(named(authorizerName), { tls: { servername } })).toBe('closed');
    const device = await world.device({ Effect: 'Allow', Action: 'iot:Connect', Resource: '*' });
    expect(await world.attempt('lamp', { identity: device, tls: { servername } })).toBe(0);
  });

  documented('IoT developer guide, "Managing domain configurations"', 'that is disabled lets nobody in', async () => {
    const { authorizerName } = await world.authorizer();
    const { name, serverName: servername } = await world.domain({ authorizerConfig: { defaultAuthorizerName: authorizerName } });
    expect(await world.attempt('lamp', { tls: { servername } })).toBe(0);
    const disable = { domainConfigurationName: name, domainConfigurationStatus: 'DISABLED' } as const;
    await world.iot.send(new UpdateDomainConfigurationCommand(disable));
    expect(await world.attempt('lamp', { tls: { servername } })).toBe('closed');
    expect(world.log.at(-1)).toMatchObject({ eventType: 'Connection.AuthNError', reason: 'DOMAIN_CONFIGURATION_DISABLED' });
  });
});

describe('Client libraries', () => {
  documented(guide, 'MQTT.js is let in by user name and password, over both versions', async () => {
    const { authorizerName } = await world.authorizer(
      "return { ...admission, isAuthenticated: Buffer.from(event.protocolData.mqtt.password, 'base64').toString() === 'secret' };",
    );
    for (const protocolVersion of [4, 5] as const) {
      const connect = (password: string) =>
        connectAsync(
          `mqtts://127.0.0.1:${world.aws.mqtt.customAuthPort}`,
          {
            ...{ ca: world.aws.rootCa, protocolVersion },
            ...{ servername: 'localhost', ALPNProtocols: ['mqtt'], clientId: world.unique(), reconnectPeriod: 0, connectTimeout: 5000 },
            ...{ username: named(authorizerName), password },
          },
          false,
        );
      const client = await connect('secret');
      await client.publishAsync('t', 'x', { qos: 1 });
      await client.endAsync();
      await expect(connect('guess')).rejects.toThrow();
    }
  });

  documented('AWS IoT Device SDK v2, custom authorizer builders', 'the device SDK is let in over both versions', async () => {
    const signer = makeSigner();
    const { authorizerName } = await world.authorizer('return admission;', {
      tokenKeyName: 'my-token',
      tokenSigningPublicKeys: { first: signer.publicKey },
    });
    const { io, iot, mqtt: mqtt311, mqtt5 } = sdk;
    const config = iot.AwsIotMqttConnectionConfigBuilder.new_default_builder()
      .with_custom_authorizer('lamp', authorizerName, signer.signature('token'), 'secret', 'my-token', 'token')
      .with_certificate_authority(world.aws.rootCa)
      .with_endpoint('localhost')
      .with_port(world.aws.mqtt.customAuthPort)
      .with_client_id(world.unique())
      .build();
    const connection = new mqtt311.MqttClient(new io.ClientBootstrap()).new_connection(config);
    await connection.connect();
    await connection.publish('t', 'x', mqtt311.QoS.AtLeastOnce);
    await connection.disconnect();
    const custom = {
      authorizerName,
      username: 'lamp',
      password: Buffer.from('secret'),
      tokenKeyName: 'my-token',
      tokenValue: 'token',
      tokenSignature: signer.signature('token'),
    };
    const builder = iot.AwsIotMqtt5ClientConfigBuilder.newDirectMqttBuilderWithCustomAuth('localhost', custom)
      .withCertificateAuthority(world.aws.rootCa)
      .withPort(world.aws.mqtt.customAuthPort)
      .withConnectProperties({ keepAliveIntervalSeconds: 60, clientId: world.unique() });
    const client = new mqtt5.Mqtt5Client(builder.build());
    const connected = new Promise<void>((resolve, reject) => {
      client.once('connectionSuccess', () => {
        resolve();
      });
      client.once('connectionFailure', (failure: unknown) => {
        reject(new Error(JSON.stringify(failure)));
      });
    });
    client.start();
    await connected;
    const stopped = new Promise((resolve) => client.once('stopped', resolve));
    client.stop();
    await stopped;
    client.close();
  });
});

describe('A domain of one’s own', () => {
  const guide = 'IoT developer guide, "Creating and configuring customer managed domains"';
  const serverCertificateArns = ['arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-3333-4444-555555555555'];

  documented(guide, 'is asked for by SNI and shows a certificate for its name', async () => {
    const { authorizerName } = await world.authorizer();
    const domainName = 'iot.example.com';
    await world.domain({ domainName, serverCertificateArns, authorizerConfig: { defaultAuthorizerName: authorizerName } });
    expect(await world.attempt('lamp', { tls: { servername: domainName } })).toBe(0);
    await expect(world.attempt('lamp', { tls: { servername: 'other.example.com' } })).rejects.toThrow();
  });

  documented(
    'IoT developer guide, "Configuring TLS settings in domain configurations"',
    'speaks no older TLS than its security policy names',
    async () => {
      const { authorizerName } = await world.authorizer();
      const domainName = 'modern.example.com';
      const tlsConfig = { securityPolicy: 'IoTSecurityPolicy_TLS13_1_3_2022_10' };
      await world.domain({ domainName, serverCertificateArns, tlsConfig, authorizerConfig: { defaultAuthorizerName: authorizerName } });
      expect(await world.attempt('lamp', { tls: { servername: domainName } })).toBe(0);
      const older = world.attempt('lamp', { tls: { servername: domainName, maxVersion: 'TLSv1.2' } });
      expect(await older.catch(() => 'closed')).toBe('closed');
    },
  );
});

describe('A client certificate callback', () => {
  const guide = 'IoT developer guide, "Custom client certificate validation"';

  const endpointWith = async (body: string) => {
    const { FunctionName, functionArn } = await world.makeFunction(body);
    const { name, serverName } = await world.domain({
      ...{ authenticationType: 'AWS_X509', applicationProtocol: 'SECURE_MQTT' },
      clientCertificateConfig: { clientCertificateCallbackArn: functionArn },
    });
    const { domainConfigurationArn = '' } = await world.iot.send(new DescribeDomainConfigurationCommand({ domainConfigurationName: name }));
    return { FunctionName, serverName, domainConfigurationArn };
  };
  const enter = async (servername: string) => {
    const identity = await world.device({ Effect: 'Allow', Action: 'iot:*', Resource: '*' });
    return { identity, answer: await world.attempt('lamp', { identity, tls: { servername } }) };
  };

  documented(guide, 'is asked at every connect, and lets in by isAuthenticated true alone', async () => {
    const { FunctionName, serverName, domainConfigurationArn } = await endpointWith(
      'return { isAuthenticated: calls === 1 ? true : "true" };',
    );
    expect((await enter(serverName)).answer).toBe('closed');
    await world.permit(FunctionName, domainConfigurationArn);
    const { identity, answer } = await enter(serverName);
    expect(answer).toBe(0);
    expect((await enter(serverName)).answer).toBe('closed');
    const [event] = await world.events(FunctionName);
    expect(event).toMatchObject({
      principalId: identity.certificateId,
      serverName,
      connectionMetadata: { id: expect.any(String) as string },
    });
  });

  assumed('domain-configuration.callback-chain', 'gets the chain as PEM', async () => {
    const { FunctionName, serverName, domainConfigurationArn } = await endpointWith('return { isAuthenticated: true };');
    await world.permit(FunctionName, domainConfigurationArn);
    const { identity } = await enter(serverName);
    const [event] = await world.events(FunctionName);
    expect(event?.['clientCertificateChain']).toEqual([identity.cert]);
  });
});
