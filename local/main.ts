import type { Account } from './account.ts';
import type { Clock } from './clock.ts';
import { systemClock } from './clock.ts';
import type { Gateway } from './gateway/gateway.ts';
import { createGateway } from './gateway/gateway.ts';
import { createServerCredentials } from './iot/certificate-authority/server-credentials.ts';
import type { DataEndpoint } from './iot/endpoint/data-endpoint.ts';
import { createDataEndpoint } from './iot/endpoint/data-endpoint.ts';
import type { ClosedAccount, LocalAccount } from './local-account.ts';
import { createLocalAccount } from './local-account.ts';
import type { WiringOptions } from './wire-services.ts';

export interface LocalAwsOptions extends Pick<WiringOptions, 'dynamodbEndpoint' | 'iotLog' | 'iotBehaviour' | 'iotSettings'> {
  /** Default: the system's clock. */
  readonly clock?: Clock;
  /** Default `us-east-1`. */
  readonly region?: string;
  /** Twelve digits. Default `123456789012`. */
  readonly accountId?: string;
  /** More accounts behind the same ports, told apart by access key and, for devices, by SNI. Default: none. */
  readonly otherAccountIds?: readonly string[];
  /** Of the HTTP endpoint. Default 0: a free one. */
  readonly port?: number;
  /** Of MQTT with client certificates. Default 0: a free one. */
  readonly mqttPort?: number;
  /** Of MQTT with the authentication chosen by ALPN, which is 443 on AWS. Default 0: a free one. */
  readonly customAuthPort?: number;
}

/** Names another DynamoDB for programs that start a local AWS without options of their own, such as `npm start`. */
const DYNAMODB_ENDPOINT_VARIABLE = 'LOCAL_AWS_DYNAMODB_ENDPOINT';

/** A running local AWS, which is also its first account. Several can run side by side. */
export interface LocalAws extends LocalAccount {
  /** `http://127.0.0.1:<port>`: every AWS API but MQTT. */
  readonly endpoint: string;
  /** Every account by its id, the first one included. */
  readonly accounts: ReadonlyMap<string, LocalAccount>;
  /** Ports of the MQTT broker on 127.0.0.1. */
  readonly mqtt: { readonly port: number; readonly customAuthPort: number };
  /** PEM of the root that vouches for the MQTT endpoint. */
  readonly rootCa: string;
  readonly clock: Clock;
  /** Ends every connection and worker. A deployment under way fails for want of them. */
  stop(): Promise<void>;
}

interface Parts {
  readonly accounts: readonly [ClosedAccount, ...ClosedAccount[]];
  readonly gateway: Gateway;
  readonly dataEndpoint: DataEndpoint;
}

/** Stops what was started, in the order in which one needs the other. */
const stopAll = async ({ accounts, gateway, dataEndpoint }: Parts): Promise<void> => {
  for (const { services } of accounts) services.iot.close();
  await dataEndpoint.close();
  await Promise.all(accounts.map(({ services }) => services.lambda.stop()));
  await gateway.stop();
  await Promise.all(accounts.map(({ services }) => services.dynamodb.stop()));
};

const createAccounts = (options: LocalAwsOptions, shared: Pick<WiringOptions, 'clock' | 'endpoint'>): Parts['accounts'] => {
  const { region = 'us-east-1', accountId = '123456789012', otherAccountIds = [], dynamodbEndpoint, ...iot } = options;
  const create = (id: string): ClosedAccount => {
    const account: Account = { accountId: id, region, partition: 'aws' };
    return createLocalAccount({
      ...{ ...shared, account, dynamodbEndpoint: dynamodbEndpoint ?? process.env[DYNAMODB_ENDPOINT_VARIABLE] },
      ...{ iotLog: iot.iotLog, iotBehaviour: iot.iotBehaviour, iotSettings: iot.iotSettings },
    });
  };
  return [create(accountId), ...otherAccountIds.map(create)];
};

/** Starts a local AWS on 127.0.0.1. Its state is in memory and is gone when it stops. */
export const startLocalAws = async (options: LocalAwsOptions = {}): Promise<LocalAws> => {
  const { clock = systemClock, region = 'us-east-1', mqttPort = 0, customAuthPort = 0 } = options;
  let endpoint = '';
  const accounts = createAccounts(options, { clock, endpoint: () => endpoint });
  const server = createServerCredentials([`*.iot.${region}.amazonaws.com`]);
  const gateway = createGateway(...accounts.map(({ entrance }) => entrance));
  const dataEndpoint = createDataEndpoint({
    credentials: server,
    tenants: accounts.map(({ services }) => services.iot),
    settings: { ...options.iotSettings, mqttPort, alpnPort: customAuthPort },
  });
  const parts: Parts = { accounts, gateway, dataEndpoint };
  try {
    endpoint = await gateway.listen(options.port ?? 0);
    const ports = await dataEndpoint.listen();
    const first = accounts[0].open(endpoint);
    const others = accounts.slice(1).map((account) => account.open(endpoint));
    return {
      ...{ ...first, endpoint, clock, rootCa: server.rootCa },
      accounts: new Map([first, ...others].map((one) => [one.account.accountId, one])),
      mqtt: { port: ports.mqttPort, customAuthPort: ports.alpnPort },
      stop: () => stopAll(parts),
    };
  } catch (error) {
    await stopAll(parts);
    throw error;
  }
};
