import { expect } from '@jest/globals';
import {
  AddThingToThingGroupCommand,
  AttachThingPrincipalCommand,
  CreateThingCommand,
  CreateThingGroupCommand,
  CreateTopicRuleCommand,
  DeleteV2LoggingLevelCommand,
  GetLoggingOptionsCommand,
  GetV2LoggingOptionsCommand,
  ListV2LoggingLevelsCommand,
  type LogLevel,
  type LogTargetType,
  SetLoggingOptionsCommand,
  SetV2LoggingLevelCommand,
  UpdateCertificateCommand,
} from '@aws-sdk/client-iot';
import { assumed, documented } from './fact.ts';
import { type ObservedDevice, ObservedWorld } from './observed-world.ts';

const entriesPage = 'IoT developer guide, "CloudWatch Logs AWS IoT log entries"';
const configurationPage = 'IoT developer guide, "Configure AWS IoT logging"';

let world: ObservedWorld;
let device: ObservedDevice;
let roleArn: string;

beforeAll(async () => {
  world = await ObservedWorld.start();
  [device, roleArn] = await Promise.all([world.device(), world.role()]);
});

afterAll(() => world.stop());

const come = async (clientId = world.unique('client')): Promise<string> => {
  const client = await world.connect(device, clientId);
  await client.endAsync();
  return clientId;
};

/** Publishes without saying anything else about logging. */
const publish = async (topic: string, clientId = world.unique('client')): Promise<string> => {
  const client = await world.connect(device, clientId);
  await client.publishAsync(topic, '{}', { qos: 1 });
  await client.endAsync();
  return clientId;
};

const setLevel = (targetType: LogTargetType, targetName: string, logLevel: LogLevel): Promise<unknown> =>
  world.iot.send(new SetV2LoggingLevelCommand({ logTarget: { targetType, targetName }, logLevel }));

const uuid = expect.stringMatching(/^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/);

describe('Before anybody configures logging', () => {
  documented(configurationPage, 'nothing is written', async () => {
    await come();
    expect(await world.entries({})).toEqual([]);
  });

  documented('IoT API reference, "GetV2LoggingOptions"', 'options and levels are not configured', async () => {
    const refused = { name: 'NotConfiguredException', $metadata: { httpStatusCode: 404 } };
    await expect(world.iot.send(new GetV2LoggingOptionsCommand())).rejects.toMatchObject(refused);
    await expect(setLevel('CLIENT_ID', 'x', 'DEBUG')).rejects.toMatchObject(refused);
    await expect(world.iot.send(new ListV2LoggingLevelsCommand())).rejects.toMatchObject(refused);
  });

  assumed('logging.role-checked-when-set', 'a role that AWS IoT cannot assume is refused', async () => {
    const foreign = await world.role('lambda.amazonaws.com');
    const refused = { name: 'InvalidRequestException' };
    await expect(world.setLogging({ roleArn: foreign, defaultLogLevel: 'INFO' })).rejects.toMatchObject(refused);
    await expect(world.setLogging({ roleArn: `${roleArn}-gone`, defaultLogLevel: 'INFO' })).rejects.toMatchObject(refused);
    const loggingOptionsPayload = { roleArn: foreign };
    await expect(world.iot.send(new SetLoggingOptionsCommand({ loggingOptionsPayload }))).rejects.toMatchObject(refused);
  });

  assumed('logging.default-level', 'the first options without a level mean ERROR', async () => {
    await world.setLogging({ roleArn });
    expect(await world.iot.send(new GetV2LoggingOptionsCommand())).toMatchObject({
      roleArn,
      defaultLogLevel: 'ERROR',
      disableAllLogs: false,
    });
  });
});

describe('An entry about', () => {
  beforeAll(() => world.setLogging({ roleArn, defaultLogLevel: 'DEBUG' }));

  const facts = (clientId: string) => ({
    timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}$/),
    traceId: uuid,
    accountId: '123456789012',
    protocol: 'MQTT',
    clientId,
    principalId: device.certificateId,
    sourceIp: '127.0.0.1',
    sourcePort: expect.any(Number),
  });

  documented(entriesPage, 'a connection tells who connected from where', async () => {
    const clientId = await come();
    const entry = await world.entry({ eventType: 'Connect', clientId });
    expect(entry).toMatchObject({ ...facts(clientId), logLevel: 'INFO', status: 'Success' });
  });

  documented(entriesPage, 'its end tells the reason', async () => {
    const clientId = await come();
    const entry = await world.entry({ eventType: 'Disconnect', clientId });
    expect(entry).toMatchObject({ ...facts(clientId), status: 'Success', disconnectReason: 'CLIENT_INITIATED_DISCONNECT' });
  });

  documented(entriesPage, 'a message that came in tells its topic, and whether it is retained', async () => {
    const clientId = world.unique('client');
    const client = await world.connect(device, clientId);
    await client.publishAsync('doors/front', 'x', { qos: 1 });
    await client.publishAsync('doors/back', 'x', { qos: 1, retain: true });
    const plain = await world.entry({ eventType: 'Publish-In', clientId, topicName: 'doors/front' });
    expect(plain).toMatchObject({ ...facts(clientId), status: 'Success' });
    expect(plain).not.toHaveProperty('retain');
    expect(await world.entry({ eventType: 'Publish-In', clientId, topicName: 'doors/back' })).toMatchObject({ retain: 'True' });
  });

  documented(entriesPage, 'a message that went out tells its topic and the receiver', async () => {
    const clientId = world.unique('client');
    const client = await world.connect(device, clientId);
    await client.subscribeAsync('windows/#');
    await client.publishAsync('windows/north', 'x', { qos: 1 });
    expect(await world.entry({ eventType: 'Publish-Out', clientId, topicName: 'windows/north' })).toMatchObject(facts(clientId));
  });

  documented(entriesPage, 'a subscription tells the filter, and so does its end', async () => {
    const clientId = world.unique('client');
    const client = await world.connect(device, clientId);
    await client.subscribeAsync('gates/+/state');
    await client.unsubscribeAsync('gates/+/state');
    const named = { clientId, topicName: 'gates/+/state' };
    expect(await world.entry({ eventType: 'Subscribe', ...named })).toMatchObject({ status: 'Success', principalId: device.certificateId });
    expect(await world.entry({ eventType: 'Unsubscribe', ...named })).toMatchObject({ status: 'Success' });
  });

  documented(entriesPage, 'a message that waits for its receiver tells so', async () => {
    const clientId = world.unique('client');
    const client = await world.connect(device, clientId, { clean: false });
    await client.subscribeAsync('letters/#', { qos: 1 });
    await client.endAsync();
    await publish('letters/one');
    expect(await world.entry({ eventType: 'Queued', clientId })).toMatchObject({ topicName: 'letters/one', qos: '1', status: 'Success' });
  });

  documented(entriesPage, 'a client that was replaced is a failure', async () => {
    const clientId = world.unique('client');
    await world.connect(device, clientId);
    await world.connect(device, clientId);
    expect(await world.entry({ eventType: 'Disconnect', clientId })).toMatchObject({
      logLevel: 'ERROR',
      status: 'Failure',
      reason: 'DUPLICATE_CLIENT_ID',
      disconnectReason: 'DUPLICATE_CLIENTID',
    });
  });

  assumed('logging.authorization-details', 'a connection that policy denies has reason and details', async () => {
    const denied = await world.device([{ Effect: 'Deny', Action: 'iot:Connect', Resource: '*' }]);
    const clientId = world.unique('denied');
    await expect(world.connect(denied, clientId)).rejects.toThrow();
    expect(await world.entry({ eventType: 'Connect', clientId })).toMatchObject({
      logLevel: 'ERROR',
      status: 'Failure',
      reason: 'AUTHORIZATION_FAILURE',
      details: 'Authorization Failure',
      principalId: denied.certificateId,
    });
  });

  describe('a rule', () => {
    const ruleName = 'logged_rule';

    beforeAll(async () => {
      const actions = [{ republish: { roleArn, topic: 'rules/republished' } }];
      await world.iot.send(new CreateTopicRuleCommand({ ruleName, topicRulePayload: { sql: "SELECT * FROM 'rules/incoming'", actions } }));
    });

    documented(entriesPage, 'tells that it matched, what it starts and what it did', async () => {
      const clientId = await publish('rules/incoming');
      const common = { clientId, ruleName, topicName: 'rules/incoming', principalId: device.certificateId };
      expect(await world.entry({ eventType: 'RuleMatch', clientId })).toMatchObject({ ...common, logLevel: 'INFO', status: 'Success' });
      const starting = await world.entry({ eventType: 'StartingRuleExecution', clientId });
      expect(starting).toMatchObject({ ...common, logLevel: 'DEBUG', ruleAction: 'RepublishAction' });
      expect(await world.entry({ eventType: 'RuleExecution', clientId })).toMatchObject({ ...common, ruleAction: 'RepublishAction' });
    });

    assumed('logging.rule-action-resources', 'tells what its action was on', async () => {
      const clientId = await publish('rules/incoming');
      const entry = await world.entry({ eventType: 'RuleExecution', clientId });
      expect(entry).toMatchObject({ resources: { RepublishTopic: 'rules/republished' } });
    });

    documented(entriesPage, 'that does not exist tells so', async () => {
      const clientId = await publish('$aws/rules/no_such_rule');
      expect(await world.entry({ eventType: 'RuleNotFound', clientId })).toMatchObject({
        logLevel: 'ERROR',
        status: 'Failure',
        topicName: '$aws/rules/no_such_rule',
        ruleName: 'no_such_rule',
        reason: 'RuleNotFound',
        details: 'Rule no_such_rule not found',
      });
    });
  });
});

describe('The level', () => {
  beforeEach(() => world.setLogging({ roleArn, defaultLogLevel: 'ERROR', disableAllLogs: false, eventConfigurations: [] }));

  /** Waits until something later is written, so that what is not there will not come. */
  const everythingWritten = async (): Promise<void> => {
    const clientId = world.unique('replaced');
    await world.connect(device, clientId);
    await world.connect(device, clientId);
    await world.entry({ eventType: 'Disconnect', clientId, status: 'Failure' });
  };

  documented(configurationPage, 'ERROR leaves out what succeeded', async () => {
    const clientId = await come();
    await everythingWritten();
    expect(await world.entries({ clientId })).toEqual([]);
  });

  documented(configurationPage, 'of a client id counts before the account’s', async () => {
    const clientId = world.unique('client');
    await setLevel('CLIENT_ID', clientId, 'INFO');
    await come(clientId);
    expect(await world.entry({ clientId })).toMatchObject({ eventType: 'Connect' });
  });

  documented(configurationPage, 'of a principal counts before the account’s until it is deleted', async () => {
    const target = { targetType: 'PRINCIPAL_ID', targetName: device.certificateId } as const;
    await setLevel(target.targetType, target.targetName, 'INFO');
    const logged = await come();
    expect(await world.entry({ clientId: logged })).toMatchObject({ eventType: 'Connect' });
    await world.iot.send(new DeleteV2LoggingLevelCommand(target));
    const silent = await come();
    await everythingWritten();
    expect(await world.entries({ clientId: silent })).toEqual([]);
  });

  documented(configurationPage, 'of a thing group counts for its things, and a child’s before its parent’s', async () => {
    const [parent, child, thingName] = [world.unique('group'), world.unique('group'), world.unique('thing')];
    await world.iot.send(new CreateThingGroupCommand({ thingGroupName: parent }));
    await world.iot.send(new CreateThingGroupCommand({ thingGroupName: child, parentGroupName: parent }));
    await world.iot.send(new CreateThingCommand({ thingName }));
    await world.iot.send(new AttachThingPrincipalCommand({ thingName, principal: device.certificateArn }));
    await world.iot.send(new AddThingToThingGroupCommand({ thingName, thingGroupName: child }));
    await setLevel('THING_GROUP', parent, 'INFO');
    await come(thingName);
    expect(await world.entry({ clientId: thingName })).toMatchObject({ eventType: 'Connect' });
    await everythingWritten();
    const before = await world.entries({ clientId: thingName });
    await setLevel('THING_GROUP', child, 'DISABLED');
    await come(thingName);
    await everythingWritten();
    expect(await world.entries({ clientId: thingName })).toEqual(before);
  });

  assumed('logging.several-targets', 'that logs most counts when several are for the same client', async () => {
    const clientId = world.unique('client');
    await setLevel('CLIENT_ID', clientId, 'DISABLED');
    await setLevel('SOURCE_IP', '127.0.0.1', 'INFO');
    await come(clientId);
    expect(await world.entry({ clientId })).toMatchObject({ eventType: 'Connect' });
    await world.iot.send(new DeleteV2LoggingLevelCommand({ targetType: 'SOURCE_IP', targetName: '127.0.0.1' }));
  });

  documented('IoT API reference, "LogEventConfiguration"', 'and the log group of an event type count before the account’s', async () => {
    await world.setLogging({ eventConfigurations: [{ eventType: 'Subscribe', logLevel: 'INFO', logDestination: 'subscriptions' }] });
    const clientId = world.unique('client');
    const client = await world.connect(device, clientId);
    await client.subscribeAsync('a/b');
    expect(await world.entry({ clientId }, 'subscriptions')).toMatchObject({ eventType: 'Subscribe' });
    expect(await world.entries({ clientId })).toEqual([]);
  });

  documented(entriesPage, 'of failed authentications must be set for the event type', async () => {
    const unwanted = await world.device();
    await world.iot.send(new UpdateCertificateCommand({ certificateId: unwanted.certificateId, newStatus: 'INACTIVE' }));
    const [before, after] = [world.unique('inactive'), world.unique('inactive')];
    await expect(world.connect(unwanted, before)).rejects.toThrow();
    await world.setLogging({ eventConfigurations: [{ eventType: 'Connection.AuthNError', logLevel: 'ERROR' }] });
    await expect(world.connect(unwanted, after)).rejects.toThrow();
    expect(await world.entry({ eventType: 'Connection.AuthNError', clientId: after })).toMatchObject({
      status: 'Failure',
      principalId: unwanted.certificateId,
      reason: 'DEVICE_CERTIFICATE_INACTIVE',
      details: 'Device certificate is not active',
    });
    expect(await world.entries({ clientId: before })).toEqual([]);
  });

  documented(configurationPage, 'does not matter when all logs are disabled', async () => {
    await world.setLogging({ defaultLogLevel: 'DEBUG', disableAllLogs: true });
    const clientId = await come();
    await world.setLogging({ defaultLogLevel: 'ERROR', disableAllLogs: false });
    await everythingWritten();
    expect(await world.entries({ clientId })).toEqual([]);
  });
});

describe('Options', () => {
  documented('IoT API reference, "GetV2LoggingOptions"', 'tell the event types only when asked', async () => {
    const eventConfigurations = [{ eventType: 'Ping', logLevel: 'INFO' as const }];
    await world.setLogging({ roleArn, defaultLogLevel: 'WARN', eventConfigurations });
    expect(await world.iot.send(new GetV2LoggingOptionsCommand())).not.toHaveProperty('eventConfigurations.0');
    expect(await world.iot.send(new GetV2LoggingOptionsCommand({ verbose: true }))).toMatchObject({
      defaultLogLevel: 'WARN',
      eventConfigurations,
    });
  });

  documented('AWS CLI reference, "list-v2-logging-levels"', 'list the levels of targets with the default', async () => {
    await setLevel('PRINCIPAL_ID', 'listed', 'DEBUG');
    const all = await world.iot.send(new ListV2LoggingLevelsCommand());
    expect(all.logTargetConfigurations).toContainEqual({ logTarget: { targetType: 'DEFAULT' }, logLevel: 'WARN' });
    const some = await world.iot.send(new ListV2LoggingLevelsCommand({ targetType: 'PRINCIPAL_ID' }));
    expect(some.logTargetConfigurations).toEqual([{ logTarget: { targetType: 'PRINCIPAL_ID', targetName: 'listed' }, logLevel: 'DEBUG' }]);
  });

  documented(configurationPage, 'have no level for a target without a name or of an unknown type', async () => {
    const refused = { name: 'InvalidRequestException' };
    await expect(setLevel('CLIENT_ID', '', 'INFO')).rejects.toMatchObject(refused);
    await expect(setLevel('DEFAULT', 'x', 'INFO')).rejects.toMatchObject(refused);
  });

  documented(configurationPage, 'of the older operations are kept apart', async () => {
    await world.iot.send(new SetLoggingOptionsCommand({ loggingOptionsPayload: { roleArn, logLevel: 'DEBUG' } }));
    expect(await world.iot.send(new GetLoggingOptionsCommand())).toMatchObject({ roleArn, logLevel: 'DEBUG' });
    expect(await world.iot.send(new GetV2LoggingOptionsCommand())).toMatchObject({ defaultLogLevel: 'WARN' });
  });

  documented(configurationPage, 'need a role that may write the log', async () => {
    const powerless = await world.role('iot.amazonaws.com', {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'logs:DescribeLogGroups', Resource: '*' }],
    });
    await world.setLogging({ roleArn: powerless, defaultLogLevel: 'DEBUG' });
    const silent = await come();
    await world.setLogging({ roleArn });
    const logged = await come();
    await world.entry({ clientId: logged });
    expect(await world.entries({ clientId: silent })).toEqual([]);
  });
});
