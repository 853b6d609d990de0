import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import { CreateDomainConfigurationCommand, UpdateDomainConfigurationCommand } from '@aws-sdk/client-iot';
import { connect, type ConnectionOptions } from 'node:tls';

import { AuthorizerWorld } from './authorizer-world.ts';
import { documented } from './fact.ts';

let world: AuthorizerWorld;
let served: Readonly<Record<'13 only' | 'both' | '12 only' | 'of 2015', string>>;
beforeAll(async () => {
  world = await AuthorizerWorld.start();
  const endpointWith = async (securityPolicy: string) => (await world.domain({ tlsConfig: { securityPolicy } })).serverName;
  served = {
    '13 only': await endpointWith('IoTSecurityPolicy_TLS13_1_3_2022_10'),
    both: await endpointWith('IoTSecurityPolicy_TLS13_1_2_2022_10'),
    '12 only': await endpointWith('IoTSecurityPolicy_TLS12_1_2_2022_10'),
    'of 2015': await endpointWith('IoTSecurityPolicy_TLS12_1_0_2015_01'),
  };
});
afterAll(() => world.stop());

const policies = 'IoT developer guide, "Transport security in AWS IoT Core", "Security policies"';
const settings = 'IoT developer guide, "Configuring TLS settings in domain configurations"';

/** What a handshake ends with: the version and the cipher suite, or that it failed. */
const handshake = (servername: string, tls: ConnectionOptions = {}, port = world.aws.mqtt.port): Promise<string> =>
  new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, ca: world.aws.rootCa, servername, ...tls }, () => {
      resolve(`${socket.getProtocol() ?? ''} ${socket.getCipher().name}`);
      socket.destroy();
    });
    socket.once('error', () => {
      resolve('failed');
    });
  });

const only12 = { maxVersion: 'TLSv1.2' } as const;
const only13 = { minVersion: 'TLSv1.3' } as const;
const ports = () => [world.aws.mqtt.port, world.aws.mqtt.customAuthPort, world.aws.https.port];

describe('A security policy', () => {
  documented(policies, 'of TLS 1.3 refuses TLS 1.2, on every port', async () => {
    for (const port of ports()) {
      expect(await handshake(served['13 only'], only12, port)).toBe('failed');
      expect(await handshake(served['13 only'], {}, port)).toMatch(/^TLSv1\.3 /);
    }
  });

  documented(policies, 'of TLS 1.2 refuses clients of TLS 1.3 only and speaks 1.2 with the others, on every port', async () => {
    for (const port of ports()) {
      for (const name of [served['12 only'], served['of 2015']]) {
        expect(await handshake(name, only13, port)).toBe('failed');
        expect(await handshake(name, {}, port)).toMatch(/^TLSv1\.2 /);
      }
    }
  });

  documented(policies, 'by default takes both versions, as the endpoint of the account does', async () => {
    for (const name of [served.both, world.aws.services.iot.dataEndpoint]) {
      expect(await handshake(name, only12)).toMatch(/^TLSv1\.2 /);
      expect(await handshake(name, only13)).toMatch(/^TLSv1\.3 /);
    }
  });

  documented(policies, 'names its cipher suites, and others are refused', async () => {
    for (const name of [served.both, served['12 only']]) {
      for (const ciphers of ['ECDHE-ECDSA-AES128-GCM-SHA256', 'ECDHE-ECDSA-AES256-SHA384', 'ECDHE-ECDSA-AES256-SHA']) {
        expect(await handshake(name, { ...only12, ciphers })).toBe(`TLSv1.2 ${ciphers}`);
      }
      for (const ciphers of ['ECDHE-ECDSA-CHACHA20-POLY1305', 'ECDHE-ECDSA-AES128-CCM', 'ECDHE-ECDSA-CAMELLIA128-SHA256']) {
        expect(await handshake(name, { ...only12, ciphers })).toBe('failed');
      }
    }
    for (const ciphers of ['TLS_AES_128_GCM_SHA256', 'TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256']) {
      expect(await handshake(served['13 only'], { ...only13, ciphers })).toBe(`TLSv1.3 ${ciphers}`);
    }
    expect(await handshake(served['13 only'], { ...only13, ciphers: 'TLS_AES_128_CCM_SHA256' })).toBe('failed');
  });

  documented(settings, 'holds for who names the endpoint by SNI, and for new connections once it is changed', async () => {
    const { name, serverName } = await world.domain({ tlsConfig: { securityPolicy: 'IoTSecurityPolicy_TLS13_1_3_2022_10' } });
    expect(await handshake(serverName, only12)).toBe('failed');
    expect(await handshake(world.aws.services.iot.dataEndpoint, only12)).toMatch(/^TLSv1\.2 /);
    const tlsConfig = { securityPolicy: 'IoTSecurityPolicy_TLS12_1_2_2022_10' };
    await world.iot.send(new UpdateDomainConfigurationCommand({ domainConfigurationName: name, tlsConfig }));
    expect(await handshake(serverName)).toMatch(/^TLSv1\.2 /);
  });

  documented(settings, 'is one of a list, which depends on the region', async () => {
    const refused = (securityPolicy: string) =>
      world.iot.send(new CreateDomainConfigurationCommand({ domainConfigurationName: world.unique(), tlsConfig: { securityPolicy } }));
    await expect(refused('IoTSecurityPolicy_Mine')).rejects.toMatchObject({ name: 'InvalidRequestException' });
    await expect(refused('IoTSecurityPolicy_TLS12_1_0_2016_01')).rejects.toMatchObject({ name: 'InvalidRequestException' });
  });
});
