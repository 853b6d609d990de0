import { arnOf } from '../../../account.ts';
import { areWithinLimits, expirySecondsOf, hasUsableResponseTopic } from '../../broker/message-properties.ts';
import { isTopicName } from '../../broker/topic-name.ts';
import type { MessageProperties } from '../../connection.ts';
import type { RuleContext } from '../rule-context.ts';
import { asNumber } from '../sql/conversions.ts';
import type { ActionSettings, FilledSetting } from './action-settings.ts';
import type { RuleAction } from './rule-action.ts';

/** SDK `MqttHeaders`; all may hold substitution templates. */
interface Headers {
  readonly payloadFormatIndicator: FilledSetting | undefined;
  readonly contentType: FilledSetting | undefined;
  readonly responseTopic: FilledSetting | undefined;
  readonly correlationData: FilledSetting | undefined;
  readonly messageExpiry: FilledSetting | undefined;
  readonly userProperties: readonly { readonly key: FilledSetting; readonly value: FilledSetting }[];
}

const readHeaders = (settings: ActionSettings | undefined): Headers => ({
  payloadFormatIndicator: settings?.optionalTemplate('payloadFormatIndicator'),
  contentType: settings?.optionalTemplate('contentType'),
  responseTopic: settings?.optionalTemplate('responseTopic'),
  correlationData: settings?.optionalTemplate('correlationData'),
  messageExpiry: settings?.optionalTemplate('messageExpiry'),
  userProperties: settings?.list('userProperties').map((one) => ({ key: one.template('key'), value: one.template('value') })) ?? [],
});

const isUtf8Data = (text: string): boolean => {
  if (text === 'UTF8_DATA' || text === 'UNSPECIFIED_BYTES') return text === 'UTF8_DATA';
  throw new Error(`The payloadFormatIndicator "${text}" is neither UNSPECIFIED_BYTES nor UTF8_DATA`);
};

const propertiesOf = (headers: Headers, context: RuleContext): MessageProperties => {
  const [format, contentType] = [headers.payloadFormatIndicator?.(context), headers.contentType?.(context)];
  const [responseTopic, correlation] = [headers.responseTopic?.(context), headers.correlationData?.(context)];
  const userProperties = new Map<string, string[]>();
  for (const { key, value } of headers.userProperties)
    userProperties.set(key(context), [...(userProperties.get(key(context)) ?? []), value(context)]);
  const properties = {
    ...(format === undefined ? {} : { payloadFormatIndicator: isUtf8Data(format) }),
    ...(contentType === undefined ? {} : { contentType }),
    ...(responseTopic === undefined ? {} : { responseTopic }),
    ...(correlation === undefined ? {} : { correlationData: Buffer.from(correlation, 'base64') }),
    ...(headers.userProperties.length === 0 ? {} : { userProperties: Object.fromEntries(userProperties) }),
  };
  if (!areWithinLimits(properties) || !hasUsableResponseTopic(properties))
    throw new Error('The headers exceed the limits of MQTT 5 properties');
  return properties;
};

const expiryOf = ({ messageExpiry }: Headers, context: RuleContext): { readonly expiresAt?: number } => {
  if (messageExpiry === undefined) return {};
  const seconds = expirySecondsOf({ messageExpiryInterval: asNumber(messageExpiry(context)) ?? Number.NaN });
  if (seconds === undefined || Number.isNaN(seconds)) throw new Error('The messageExpiry is not a number of seconds');
  return { expiresAt: context.nowMs + seconds * 1000 };
};

const inherited = ({ properties, behaviour }: RuleContext): MessageProperties =>
  behaviour['rules.republish-keeps-properties'] ? (properties ?? {}) : {};

/** SDK `RepublishAction`. A reserved topic is written with `$$` in place of `$` (DG:republish-rule-action). */
export function republishAction(settings: ActionSettings): RuleAction {
  const roleArn = settings.string('roleArn');
  const qos = settings.oneOf('qos', [0, 1]);
  const headers = readHeaders(settings.optionalSettings('headers'));
  return {
    kind: 'republish',
    resource: settings.template('topic', (topic) => (topic.startsWith('$$') ? topic.slice(1) : topic)),
    words: { deed: 'republish the message', service: 'AWSIot', resourceKind: 'Topic' },
    perform: async ({ payload, context, resource: topic }, { account, broker, roles }) => {
      if (!isTopicName(topic)) throw new Error(`"${topic}" is not a topic that can be published to`);
      // DG:republish-rule-action: the role must be allowed iot:Publish.
      roles.require(roleArn, 'iot:Publish', arnOf(account, 'iot', `topic/${topic}`));
      const properties = { ...inherited(context), ...propertiesOf(headers, context) };
      const described = Object.keys(properties).length === 0 ? {} : { properties };
      await broker().publish({ topic, payload, qos, retain: false, ...described, ...expiryOf(headers, context) });
    },
  };
}
