/** A price of AWS in us-east-1, in USD, before any free tier and any discount for quantity. */
interface Price {
  readonly usd: number;
  /** What one of these is. */
  readonly per: string;
  /** The page of AWS that says so. */
  readonly source: string;
}

const iotCore = 'https://aws.amazon.com/iot-core/pricing/';
const dynamoDb = 'https://aws.amazon.com/dynamodb/pricing/on-demand/';
const lambda = 'https://aws.amazon.com/lambda/pricing/';

export const awsPrices = {
  jobExecution: { usd: 0.003, per: 'remote action', source: 'https://aws.amazon.com/iot-device-management/pricing/' },
  message: { usd: 1 / 1e6, per: 'message of 5 KB, in or out', source: iotCore },
  registry: { usd: 1.25 / 1e6, per: 'operation on registry or shadow of 1 KB', source: iotCore },
  rule: { usd: 0.15 / 1e6, per: 'rule triggered', source: iotCore },
  action: { usd: 0.15 / 1e6, per: 'action executed', source: iotCore },
  readUnit: { usd: 0.125 / 1e6, per: 'read request unit', source: dynamoDb },
  writeUnit: { usd: 0.625 / 1e6, per: 'write request unit', source: dynamoDb },
  invocation: { usd: 0.2 / 1e6, per: 'invocation', source: lambda },
  gibSecond: { usd: 0.0000133334, per: 'GB-second on arm64', source: lambda },
  queueRequest: { usd: 0.4 / 1e6, per: 'request to a standard queue', source: 'https://aws.amazon.com/sqs/pricing/' },
  logGib: { usd: 0.5, per: 'GB of logs taken in', source: 'https://aws.amazon.com/cloudwatch/pricing/' },
} as const satisfies Readonly<Record<string, Price>>;

export type Priced = keyof typeof awsPrices;
