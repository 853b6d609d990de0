import type { Account } from './account.ts';
import type { Clock } from './clock.ts';
import { systemClock } from './clock.ts';
import type { Gateway } from './gateway/gateway.ts';
import { createGateway } from './gateway/gateway.ts';
import type { WiredServices, WiringOptions } from './wire-services.ts';
import { wireServices } from './wire-services.ts';

export interface LocalAwsOptions extends Pick<WiringOptions, 'dynamodbEndpoint' | 'iotLog' | 'iotBehaviour'> {
  /** Default: the system's clock. */
  readonly clock?: Clock;
  /** Default `us-east-1`. */
  readonly region?: string;
  /** Twelve digits. Default `123456789012`. */
  readonly accountId?: string;
  /** Of the HTTP endpoint. Default 0: a free one. */
  readonly port?: number;
  /** Of MQTT with client certificates. Default 0: a free one. */
  readonly mqttPort?: number;
  /** Of MQTT with the authentication chosen by ALPN, which is 443 on AWS. Default 0: a free one. */
  readonly customAuthPort?: number;
  /** Delays, rates and names in which this AWS IoT differs from the default. */
  readonly iotSettings?: Omit<NonNullable<WiringOptions['iotSettings']>, 'mqttPort' | 'alpnPort'>;
}

/** Names another DynamoDB for programs that start a local AWS without options of their own, such as `npm start`. */
const DYNAMODB_ENDPOINT_VARIABLE = 'LOCAL_AWS_DYNAMODB_ENDPOINT';

/** A running local AWS. Several can run side by side. */
export interface LocalAws {
  /** `http://127.0.0.1:<port>`: every AWS API but MQTT. */
  readonly endpoint: string;
  readonly account: Account;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** What a child process needs to talk to this AWS and to no other, e.g. the CDK CLI. */
  readonly environment: Readonly<Record<string, string>>;
  /** Ports of the MQTT broker on 127.0.0.1. */
  readonly mqtt: { readonly port: number; readonly customAuthPort: number };
  /** PEM of the root that vouches for the MQTT endpoint. */
  readonly rootCa: string;
  readonly clock: Clock;
  /** The services themselves, for tests and programs in this process. */
  readonly services: WiredServices;
  /** Ends every connection and worker. A deployment under way fails for want of them. */
  stop(): Promise<void>;
}

const environmentOf = (endpoint: string, account: Account, credentials: LocalAws['credentials']): Readonly<Record<string, string>> => ({
  AWS_ENDPOINT_URL: endpoint,
  AWS_ENDPOINT_URL_S3: endpoint,
  AWS_REGION: account.region,
  AWS_DEFAULT_REGION: account.region,
  AWS_ACCESS_KEY_ID: credentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  // Nothing of the user's own configuration may lead to a real account.
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  AWS_EC2_METADATA_DISABLED: 'true',
});

const createServingGateway = (services: WiredServices): Gateway => {
  const gateway = createGateway(services.sts.accessKeys);
  gateway.register(...services.apis);
  const { prefix, route } = services.cloudFormation.responseRoute;
  gateway.routeUnsigned(prefix, route);
  return gateway;
};

/** Stops what was started, in the order in which one needs the other. */
const stopAll = async (gateway: Gateway, { iot, lambda, dynamodb }: WiredServices): Promise<void> => {
  await iot.close();
  await lambda.stop();
  await gateway.stop();
  await dynamodb.stop();
};

/** Starts a local AWS on 127.0.0.1. Its state is in memory and is gone when it stops. */
export const startLocalAws = async (options: LocalAwsOptions = {}): Promise<LocalAws> => {
  const { clock = systemClock, region = 'us-east-1', accountId = '123456789012', mqttPort = 0, customAuthPort = 0 } = options;
  const account: Account = { accountId, region, partition: 'aws' };
  let endpoint = '';
  const services = wireServices({
    ...{
      account,
      clock,
      endpoint: () => endpoint,
      dynamodbEndpoint: options.dynamodbEndpoint ?? process.env[DYNAMODB_ENDPOINT_VARIABLE],
      iotLog: options.iotLog,
    },
    ...(options.iotBehaviour === undefined ? {} : { iotBehaviour: options.iotBehaviour }),
    iotSettings: { ...options.iotSettings, mqttPort, alpnPort: customAuthPort },
  });
  const gateway = createServingGateway(services);
  try {
    endpoint = await gateway.listen(options.port ?? 0);
    const ports = await services.iot.listen();
    const credentials = services.sts.accessKeys.createLongLived(accountId, `arn:aws:iam::${accountId}:user/local-administrator`);
    return {
      ...{ endpoint, account, credentials, clock, services },
      environment: environmentOf(endpoint, account, credentials),
      mqtt: { port: ports.mqttPort, customAuthPort: ports.alpnPort },
      rootCa: services.iot.rootCa,
      stop: () => stopAll(gateway, services),
    };
  } catch (error) {
    await stopAll(gateway, services);
    throw error;
  }
};
