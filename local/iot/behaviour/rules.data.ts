import * as z from 'zod';
import { assumed, type BehaviourRows, seen } from './row.ts';

const text = z.string();

/** How the SQL of topic rules is read. */
const readingRows = {
  'rules.quotation-mark-is-doubled': assumed(z.boolean(), true, 'A quotation mark within a string of rule SQL is written twice.'),
  'rules.topic-in-double-quotes': assumed(z.boolean(), true, 'The topic filter after FROM may stand in double quotation marks, too.'),
  'rules.digits-in-names': seen(
    z.boolean(),
    true,
    'A field whose name has digits can be written as it is: one page of the guide does so, another says that it does not work.',
  ),
  'rules.later-language': assumed(
    z.enum(['refused', 'accepted']),
    'refused',
    'What came with SQL version 2016-03-23 is refused in a rule of 2015-10-08 with SqlParseException.',
  ),
  'rules.beta-version': assumed(
    z.enum(['2015-10-08', '2016-03-23']),
    '2016-03-23',
    'The SQL version beta reads a statement as 2016-03-23 does.',
  ),
  'rules.call-without-alias': assumed(
    z.enum(['function-name', 'refused']),
    'function-name',
    'A function that is selected without AS gives its name to its value.',
  ),
  'rules.expression-without-alias': assumed(
    z.enum(['refused', 'omitted']),
    'refused',
    'An expression that is neither field nor function is refused with SqlParseException when it is selected without AS.',
  ),
  'rules.wrong-argument-count': seen(
    z.enum(['undefined', 'refused']),
    'undefined',
    'A function with too many or too few arguments yields Undefined; whether CreateTopicRule takes such a rule the guide does not say.',
  ),
  'rules.template-refusal': assumed(
    z.enum(['SqlParseException', 'InvalidRequestException']),
    'SqlParseException',
    'An action with a substitution template that cannot be read is refused with SqlParseException.',
  ),
  'rules.limit-refusal': assumed(
    z.enum(['InvalidRequestException', 'LimitExceededException']),
    'InvalidRequestException',
    'The 1,001st rule is refused with InvalidRequestException, since CreateTopicRule declares no LimitExceededException.',
  ),
} as const satisfies BehaviourRows;

/** What the SQL of topic rules yields. */
const valueRows = {
  'rules.decimal-to-int': seen(
    z.enum(['down', 'nearest']),
    'down',
    'A number that is converted to Int is rounded down, as the examples of functions have it; the table of conversions says to the nearest.',
  ),
  'rules.concat-of-one': seen(
    z.enum(['unmodified', 'text']),
    'unmodified',
    'A `concat` with one argument returns it unmodified, as its table says; the example makes a number a string.',
  ),
  'rules.undefined-in-template': assumed(text, '', 'A substitution template without a value becomes the empty text.'),
  'rules.same-name-twice': assumed(z.enum(['last', 'first']), 'last', 'Of two selected values with one name the last stays.'),
  'rules.additions-to-other-payloads': assumed(
    z.enum(['ignored', 'alone']),
    'ignored',
    'What is selected beside * is left out when the payload is neither empty nor a JSON object.',
  ),
  'rules.array-of-2015-10-08': assumed(
    z.enum(['array', 'empty']),
    'empty',
    'SELECT VALUE of an array yields an empty payload in SQL version 2015-10-08, which puts out no arrays.',
  ),
  'rules.select-all-keeps-white-space': assumed(
    z.boolean(),
    false,
    'SELECT * of a JSON object writes it anew, without the white space that it came with.',
  ),
} as const satisfies BehaviourRows;

/** What actions do and how their failures are told. */
const actionRows = {
  'rules.action-names': assumed(
    z.record(text, text),
    {
      cloudwatchLogs: 'CloudwatchLogsAction',
      cloudwatchMetric: 'CloudwatchMetricAction',
      dynamoDBv2: 'DynamoDBv2Action',
      lambda: 'LambdaAction',
      republish: 'RepublishAction',
      sns: 'SnsAction',
      sqs: 'SqsAction',
    },
    'Error actions and log entries name an action after its member of the API, with Action behind it, as S3Action and RepublishAction are known to be.',
  ),
  'rules.failure-message': seen(
    text,
    'Failed to {deed}. The error received was {message} (Service: {service}; Status Code: {status}; Error Code: {code}; Request ID: {requestId}). ' +
      'Message arrived on: {topic}, Action: {action}, {resourceKind}: {resource}',
    'The errorMessage of a failed action is worded as the example of the S3 action in the guide is.',
  ),
  'rules.no-client': assumed(
    text,
    'n/a',
    'The clientId that an error action is told is n/a, as that of clientid(), when no MQTT client sent the message.',
  ),
  'rules.error-trace-is-traceid': assumed(
    z.boolean(),
    true,
    'The cloudwatchTraceId that an error action is told is the traceid() of a message that came over MQTT.',
  ),
  'rules.republish-keeps-properties': assumed(
    z.boolean(),
    false,
    'A republished message has the MQTT 5 properties that the headers of the action give it, and none of the message that it was made from.',
  ),
} as const satisfies BehaviourRows;

/** Topic rules. */
export const rulesRows = { ...readingRows, ...valueRows, ...actionRows } as const satisfies BehaviourRows;
