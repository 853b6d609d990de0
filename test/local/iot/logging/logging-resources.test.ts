import type { Properties } from '../../../../local/cloudformation/resource-provider.ts';
import { createIotControlPlane } from '../../../../local/iot/control-plane/iot-control-plane.ts';
import { ManualClock } from '../../../../local/manual-clock.ts';
import { providerOf, resourceContext } from '../../resource-context.ts';
import { testAccount, testStartMs } from '../../service-endpoint.ts';

const setUp = () => {
  const { client, resources } = createIotControlPlane({ account: testAccount, clock: new ManualClock(testStartMs) });
  const provider = (type: string) => providerOf(resources, `AWS::IoT::${type}`);
  const create = (type: string, properties: Properties) => provider(type).create(properties, resourceContext(type));
  return { call: client.call.bind(client), provider, create };
};

const RoleArn = `arn:aws:iam::${testAccount.accountId}:role/logging`;
const logging = { AccountId: testAccount.accountId, DefaultLogLevel: 'INFO', RoleArn };

describe('AWS::IoT::Logging', () => {
  test('configures the account, changes it and switches all logs off in the end', async () => {
    const { call, create, provider } = setUp();
    const state = await create('Logging', { ...logging, EventConfigurations: [{ EventType: 'Connect', LogLevel: 'DEBUG' }] });
    expect(state).toEqual({ physicalId: testAccount.accountId, attributes: {} });
    const options = () => call('GetV2LoggingOptions', { verbose: true });
    expect(await options()).toMatchObject({ roleArn: RoleArn, defaultLogLevel: 'INFO', disableAllLogs: false });
    const to = { ...logging, DefaultLogLevel: 'ERROR' };
    await provider('Logging').update(state, { from: logging, to }, resourceContext());
    expect(await options()).toMatchObject({ defaultLogLevel: 'ERROR', eventConfigurations: [] });
    await provider('Logging').delete(state, to, resourceContext());
    expect(await options()).toMatchObject({ disableAllLogs: true });
  });

  test('is one per account; what was switched off may be made again', async () => {
    const { create, provider } = setUp();
    const state = await create('Logging', logging);
    await expect(create('Logging', logging)).rejects.toMatchObject({ code: 'AlreadyExists' });
    await provider('Logging').delete(state, logging, resourceContext());
    await expect(create('Logging', logging)).resolves.toMatchObject({ physicalId: testAccount.accountId });
  });

  test('names the account that it is deployed to', async () => {
    const refused = setUp().create('Logging', { ...logging, AccountId: '999999999999' });
    await expect(refused).rejects.toThrow("AccountId in the template (999999999999) doesn't match actual: 123456789012.");
  });
});

describe('AWS::IoT::ResourceSpecificLogging', () => {
  const level = { LogLevel: 'DEBUG', TargetName: 'lamps', TargetType: 'THING_GROUP' };

  test('needs logging to be configured', async () => {
    await expect(setUp().create('ResourceSpecificLogging', level)).rejects.toMatchObject({ code: 'NotConfiguredException' });
  });

  test('is known by its type and name, and sets one level', async () => {
    const { call, create, provider } = setUp();
    await create('Logging', logging);
    const state = await create('ResourceSpecificLogging', level);
    expect(state).toEqual({ physicalId: 'THING_GROUP:lamps', attributes: { TargetId: 'THING_GROUP:lamps' } });
    await expect(create('ResourceSpecificLogging', level)).rejects.toMatchObject({ code: 'AlreadyExists' });
    const levels = () => call('ListV2LoggingLevels', { targetType: 'THING_GROUP' });
    const logTarget = { targetType: 'THING_GROUP', targetName: 'lamps' };
    expect(await levels()).toMatchObject({ logTargetConfigurations: [{ logTarget, logLevel: 'DEBUG' }] });
    const to = { ...level, LogLevel: 'ERROR' };
    await provider('ResourceSpecificLogging').update(state, { from: level, to }, resourceContext());
    expect(await levels()).toMatchObject({ logTargetConfigurations: [{ logTarget, logLevel: 'ERROR' }] });
    await provider('ResourceSpecificLogging').delete(state, to, resourceContext());
    expect(await levels()).toMatchObject({ logTargetConfigurations: [] });
  });
});
