import { CreateThingCommand } from '@aws-sdk/client-iot';

import { DeleteConnectionCommand, IoTDataPlaneClient } from '@aws-sdk/client-iot-data-plane';

import { RawClient } from '../local/iot/broker/raw-client.ts';
import { AuthorizerWorld, named, principalIn } from './authorizer-world.ts';
import { assumed, documented } from './fact.ts';
import { eventually } from './just-in-time-world.ts';

let world: AuthorizerWorld;
beforeAll(async () => {
  world = await AuthorizerWorld.start();
});
afterEach(() => world.retireAuthorizers());
afterAll(() => world.stop());

const lambdaGuide = 'IoT developer guide, "Defining your Lambda function"';

describe('The event', () => {
  documented(lambdaGuide, 'tells of TLS and MQTT, the password in base64, and the connection’s id', async () => {
    const { authorizerName, FunctionName } = await world.authorizer();
    const client = await world.open();
    client.connect({ clientId: 'lamp-7', username: named(authorizerName), password: Buffer.from('secret') });
    expect(await world.answer(client)).toBe(0);
    expect(await world.events(FunctionName)).toEqual([
      {
        signatureVerified: false,
        protocols: ['tls', 'mqtt'],
        protocolData: {
          tls: { serverName: world.aws.services.iot.dataEndpoint },
          mqtt: { username: named(authorizerName), password: 'c2VjcmV0', clientId: 'lamp-7' },
        },
        connectionMetadata: { id: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/) as string },
      },
    ]);
  });

  documented(lambdaGuide, 'has a client id only when the device sent one', async () => {
    const { authorizerName, FunctionName } = await world.authorizer();
    expect(await world.attempt(named(authorizerName), { version: 5, clientId: '' })).toBe(0);
    const [event] = await world.events(FunctionName);
    expect(event?.['protocolData']).toEqual({
      tls: { serverName: world.aws.services.iot.dataEndpoint },
      mqtt: { username: named(authorizerName) },
    });
  });

  assumed('custom-authentication.username-keeps-query', 'carries the user name whole', async () => {
    const { authorizerName, FunctionName } = await world.authorizer();
    await world.attempt(named(authorizerName, '&colour=red'));
    expect(await world.events(FunctionName)).toMatchObject([
      { protocolData: { mqtt: { username: named(authorizerName, '&colour=red') } } },
    ]);
  });
});

describe('The answer', () => {
  const document = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'iot:*', Resource: '*' }] };
  const padded = (characters: number): string => {
    const text = JSON.stringify(document);
    return text.replace('"*"}', `"*","Sid":"${'s'.repeat(characters - text.length - ',"Sid":""'.length)}"}`);
  };
  const outcome = async (members: object): Promise<unknown> => {
    const { authorizerName } = await world.authorizer(`return { ...admission, ...${JSON.stringify(members)} };`);
    const clientId = world.unique();
    return (await world.attempt(named(authorizerName), { clientId })) === 0 ? 'admitted' : world.whyRefused(clientId);
  };
  const invalid = 'CUSTOM_AUTHORIZER_LAMBDA_EXECUTION_ERROR';

  documented(lambdaGuide, 'has a principal id of 1 to 128 letters and digits', async () => {
    expect(await outcome({ principalId: 'x'.repeat(128) })).toBe('admitted');
    for (const principalId of ['x'.repeat(129), '', 'with-dash', 'ümlaut', 17, null]) expect(await outcome({ principalId })).toBe(invalid);
  });

  documented(lambdaGuide, 'has at most ten policy documents of at most 2,048 characters', async () => {
    expect(await outcome({ policyDocuments: Array.from({ length: 10 }, () => document) })).toBe('admitted');
    expect(await outcome({ policyDocuments: Array.from({ length: 11 }, () => document) })).toBe(invalid);
    expect(await outcome({ policyDocuments: [padded(2048)] })).toBe('admitted');
    expect(await outcome({ policyDocuments: [padded(2049)] })).toBe(invalid);
  });

  documented(lambdaGuide, 'has policy documents as JSON or as its text, each a valid AWS IoT policy', async () => {
    expect(await outcome({ policyDocuments: [JSON.stringify(document)] })).toBe('admitted');
    expect(await outcome({ policyDocuments: [{ ...document, Version: '2008-10-17' }] })).toBe(invalid);
    expect(await outcome({ policyDocuments: ['nonsense'] })).toBe(invalid);
    expect(await outcome({ policyDocuments: document })).toBe(invalid);
  });

  documented(lambdaGuide, 'has whole numbers of seconds up to 86,400', async () => {
    for (const member of ['refreshAfterInSeconds', 'disconnectAfterInSeconds']) {
      for (const seconds of [300, 86_400]) expect(await outcome({ [member]: seconds })).toBe('admitted');
      for (const seconds of [86_401, 300.5, '300', null]) expect(await outcome({ [member]: seconds })).toBe(invalid);
    }
  });

  assumed('custom-authentication.short-times', 'is invalid when a time is below 300 seconds', async () => {
    for (const member of ['refreshAfterInSeconds', 'disconnectAfterInSeconds']) expect(await outcome({ [member]: 299 })).toBe(invalid);
  });

  documented(lambdaGuide, 'lets nobody in by anything but isAuthenticated true', async () => {
    expect(await outcome({ isAuthenticated: false })).toBe('NOT_AUTHENTICATED');
    for (const isAuthenticated of ['true', 1, null]) expect(await outcome({ isAuthenticated })).toBe(invalid);
  });

  documented(lambdaGuide, 'is missed when the function throws or answers after five seconds', async () => {
    const throwing = await world.authorizer("throw new Error('no');");
    expect(await world.attempt(named(throwing.authorizerName))).toBe('closed');
    const slow = await world.authorizer('await new Promise((resolve) => setTimeout(resolve, 60_000)); return admission;');
    const clientId = world.unique();
    const late = world.attempt(named(slow.authorizerName), { clientId });
    await eventually(async () => (await world.events(slow.FunctionName).catch(() => []))[0]);
    world.clock.advance(4_999);
    expect(world.whyRefused(clientId)).toBeUndefined();
    world.clock.advance(1);
    expect(await late).toBe('closed');
    expect(world.whyRefused(clientId)).toBe(invalid);
  });

  assumed('mqtt.connect.not-admitted', 'that refuses closes without CONNACK over 3.1.1, and is CONNACK 0x87 over 5', async () => {
    const { authorizerName } = await world.authorizer('return { isAuthenticated: false };');
    expect(await world.attempt(named(authorizerName), { version: 4 })).toBe('closed');
    expect(await world.attempt(named(authorizerName), { version: 5 })).toBe(0x87);
  });
});

describe('A client that was let in', () => {
  const allow = (action: string, resource: string) => `{ Effect: 'Allow', Action: '${action}', Resource: '${world.arn(resource)}' }`;
  const policies = (...statements: readonly string[]) => `[{ Version: '2012-10-17', Statement: [${statements.join()}] }]`;

  documented(lambdaGuide, 'may do what the answer allows and nothing else', async () => {
    const { authorizerName } = await world.authorizer(
      `return { ...admission, policyDocuments: ${policies(
        allow('iot:Connect', 'client/${iot:ClientId}'),
        allow('iot:Publish', 'topic/${iot:ClientId}/up'),
        allow('iot:Subscribe', 'topicfilter/${iot:ClientId}/up'),
        allow('iot:Receive', 'topic/${iot:ClientId}/up'),
      )} };`,
    );
    const clientId = world.unique();
    const client = await world.open(5);
    client.connect({ clientId, username: named(authorizerName) });
    expect(await world.answer(client)).toBe(0);
    expect(await client.subscribe(`${clientId}/up`, `${clientId}/down`)).toMatchObject({ granted: [1, 0x87] });
    await client.publish(`${clientId}/up`, 'hello', { qos: 1 });
    await client.publish('elsewhere', 'hello', { qos: 1 });
    const received = client.received.filter(({ cmd }) => cmd === 'publish' || cmd === 'puback');
    expect(received).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ cmd: 'publish', topic: `${clientId}/up` }),
        expect.objectContaining({ cmd: 'puback', reasonCode: 0 }),
        expect.objectContaining({ cmd: 'puback', reasonCode: 0x87 }),
      ]) as unknown,
    );
  });

  documented('IoT developer guide, "Thing policy variables"', 'stands for no thing, because none can be attached to it', async () => {
    const clientId = world.unique('thing');
    await world.iot.send(new CreateThingCommand({ thingName: clientId }));
    const { authorizerName } = await world.authorizer(
      `return { ...admission, policyDocuments: ${policies(allow('iot:Connect', 'client/${iot:Connection.Thing.ThingName}'))} };`,
    );
    expect(await world.attempt(named(authorizerName), { clientId })).toBe('closed');
  });

  documented(lambdaGuide, 'is asked about again after refreshAfterInSeconds, and the new policies hold', async () => {
    const { authorizerName, FunctionName } = await world.authorizer(
      `const topic = calls === 1 ? 'first' : 'second';
       const allowed = { Effect: 'Allow', Action: ['iot:Publish', 'iot:Connect'], Resource: ['${world.arn('topic/')}' + topic, '${world.arn('client/*')}'] };
       return { ...admission, refreshAfterInSeconds: 300, policyDocuments: [{ Version: '2012-10-17', Statement: [allowed] }] };`,
    );
    const client = await world.open(5);
    client.connect({ clientId: world.unique(), username: named(authorizerName), keepalive: 1200 });
    expect(await world.answer(client)).toBe(0);
    const codeFor = async (topic: string): Promise<unknown> => {
      await client.publish(topic, 'x', { qos: 1 });
      return client.received.filter((packet) => packet.cmd === 'puback').at(-1)?.reasonCode;
    };
    expect([await codeFor('first'), await codeFor('second')]).toEqual([0, 0x87]);
    world.clock.advance(300_000);
    await eventually(async () => (await world.events(FunctionName))[1]);
    await eventually(async () => ((await codeFor('second')) === 0 ? true : undefined));
    expect(await codeFor('first')).toBe(0x87);
  });

  assumed('custom-authentication.refresh-keeps-connection-id', 'is shown to the function again just as it came', async () => {
    const { authorizerName, FunctionName } = await world.authorizer('return { ...admission, refreshAfterInSeconds: 300 };');
    const client = await world.open(4);
    client.connect({ clientId: world.unique(), username: named(authorizerName), password: Buffer.from('proof'), keepalive: 1200 });
    expect(await world.answer(client)).toBe(0);
    world.clock.advance(300_000);
    await eventually(async () => (await world.events(FunctionName))[1]);
    const [first, second] = await world.events(FunctionName);
    expect(second).toEqual(first);
  });

  assumed(
    'custom-authentication.principal-identifier',
    'goes by the answer’s principalId in presence events, and by no thing',
    async () => {
      const listening = await world.device({ Effect: 'Allow', Action: 'iot:*', Resource: '*' });
      const listener = await RawClient.open({ port: world.aws.mqtt.port, rootCa: world.aws.rootCa, version: 5, tls: listening });
      listener.connect({ clientId: world.unique(), keepalive: 1200 });
      expect(await world.answer(listener)).toBe(0);
      await listener.subscribe('$aws/events/presence/#');
      const { authorizerName } = await world.authorizer(principalIn('kettle9'));
      const clientId = world.unique();
      await world.iot.send(new CreateThingCommand({ thingName: clientId }));
      const client = await world.open(4);
      client.connect({ clientId, username: named(authorizerName) });
      expect(await world.answer(client)).toBe(0);
      const data = new IoTDataPlaneClient({
        endpoint: world.aws.endpoint,
        region: world.aws.account.region,
        credentials: world.aws.credentials,
      });
      await data.send(new DeleteConnectionCommand({ clientId }));
      data.destroy();
      await client.closed;
      const events = () =>
        listener.received.flatMap((packet) =>
          packet.cmd === 'publish' && packet.topic.endsWith(`/${clientId}`) ? [packet.payload.toString()] : [],
        );
      await world.until(() => events().length === 2);
      const told = events().map((text) => JSON.parse(text) as Readonly<Record<string, unknown>>);
      expect(told).toMatchObject([
        { eventType: 'connected', principalIdentifier: 'kettle9' },
        { eventType: 'disconnected', principalIdentifier: 'kettle9', disconnectReason: 'API_INITIATED_DISCONNECT' },
      ]);
      for (const event of told) expect(event).not.toHaveProperty('thingName');
      listener.cut();
    },
  );

  assumed(
    'custom-authentication.failed-refresh-reason',
    'is disconnected with AUTH_ERROR when the authorizer lets it in no longer',
    async () => {
      const { authorizerName } = await world.authorizer(
        'return { ...admission, isAuthenticated: calls === 1, refreshAfterInSeconds: 300 };',
      );
      const clientId = world.unique();
      const client = await world.open(4);
      client.connect({ clientId, username: named(authorizerName), keepalive: 1200 });
      expect(await world.answer(client)).toBe(0);
      world.clock.advance(300_000);
      await client.closed;
      expect(world.disconnectReasonOf(clientId)).toBe('AUTH_ERROR');
      expect(world.whyRefused(clientId)).toBe('NOT_AUTHENTICATED');
    },
  );

  documented(lambdaGuide, 'is disconnected after the first answer’s disconnectAfterInSeconds, whatever later answers say', async () => {
    const { authorizerName } = await world.authorizer(
      'return { ...admission, refreshAfterInSeconds: 300, disconnectAfterInSeconds: calls === 1 ? 700 : 86_400 };',
    );
    const clientId = world.unique();
    const client = await world.open(4);
    client.connect({ clientId, username: named(authorizerName), keepalive: 1200 });
    expect(await world.answer(client)).toBe(0);
    world.clock.advance(699_999);
    expect(world.aws.services.iot.broker.isConnected(clientId)).toBe(true);
    world.clock.advance(1);
    await client.closed;
    expect(world.disconnectReasonOf(clientId)).toBe('CUSTOMAUTH_TTL_EXPIRATION');
  });

  assumed('custom-authentication.refresh-by-default-seconds', 'is never asked about again unless the answer says when', async () => {
    const { authorizerName, FunctionName } = await world.authorizer('return admission;');
    const clientId = world.unique();
    const client = await world.open(4);
    client.connect({ clientId, username: named(authorizerName), keepalive: 1200 });
    expect(await world.answer(client)).toBe(0);
    for (let passedSeconds = 0; passedSeconds < 86_000; passedSeconds += 1000) {
      world.clock.advance(1_000_000);
      await client.settle();
    }
    expect(world.aws.services.iot.broker.isConnected(clientId)).toBe(true);
    world.clock.advance(400_000);
    await client.closed;
    expect(world.disconnectReasonOf(clientId)).toBe('CUSTOMAUTH_TTL_EXPIRATION');
    expect(await world.events(FunctionName)).toHaveLength(1);
  });
});
