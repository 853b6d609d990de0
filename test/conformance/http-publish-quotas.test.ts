import { afterAll, beforeAll, expect } from '@jest/globals';

import { AuthorizerWorld } from './authorizer-world.ts';
import { documented } from './fact.ts';
import { send } from './web-client.ts';

let world: AuthorizerWorld;
beforeAll(async () => {
  world = await AuthorizerWorld.start({ iotSettings: { operationRates: 'off', brokerRates: { publishesIn: 3, retainedPublishes: 2 } } });
});
afterAll(() => world.stop());

const quotas = 'AWS General Reference, "AWS IoT Core message broker and protocol limits and quotas"';

const poster = async () => {
  const { cert, key } = await world.device({ Effect: 'Allow', Action: 'iot:*', Resource: '*' });
  const tls = { cert, key, ALPNProtocols: ['x-amzn-http-ca'] };
  return async (path: string): Promise<number> => (await send(world, { path, tls, body: 'x' })).status;
};

documented(quotas, 'Messages that come by HTTPS count for the rate of the account', async () => {
  const post = await poster();
  world.clock.advance(10_000);
  expect([await post('/topics/a'), await post('/topics/b'), await post('/topics/c'), await post('/topics/d')]).toEqual([
    200, 200, 200, 429,
  ]);
  expect(world.log.at(-1)).toMatchObject({ eventType: 'Publish-In', status: 'Failure', protocol: 'HTTP', topicName: 'd' });
  world.clock.advance(1000);
  expect(await post('/topics/d')).toBe(200);
});

documented(quotas, 'Retained messages that come by HTTPS have the rates of retained messages, a topic’s and the account’s', async () => {
  const post = await poster();
  const retain = (topic: string) => post(`/topics/${topic}?retain=true`);
  world.clock.advance(10_000);
  expect([await retain('a'), await retain('a')]).toEqual([200, 429]);
  world.clock.advance(10_000);
  expect([await retain('b'), await retain('c'), await retain('d')]).toEqual([200, 200, 429]);
});
