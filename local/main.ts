import type { Account } from './account.ts';
import type { Clock } from './clock.ts';
import { accountsAtRest } from './control/accounts-at-rest.ts';
import { createAccountControls } from './control/account-controls.ts';
import { controlPrefix, createControlEndpoint } from './control/control-endpoint.ts';
import { controlRoutes } from './control/control-routes.ts';
import { exportAccounts } from './control/export-account.ts';
import type { ExportOptions } from './control/exports/export-options.ts';
import { RequestLog } from './control/request-log.ts';
import { FaultBook } from './faults/fault-book.ts';
import type { ForeignEndpoints } from './handoff/foreign-endpoint.ts';
import { endpointsIn } from './handoff/foreign-endpoint.ts';
import type { Gateway } from './gateway/gateway.ts';
import { createGateway } from './gateway/gateway.ts';
import { createServerCredentials } from './iot/certificate-authority/server-credentials.ts';
import type { DeviceEndpoint } from './iot/endpoint/device-endpoint.ts';
import { createDeviceEndpoint } from './iot/endpoint/device-endpoint.ts';
import type { LocalAccount } from './local-account.ts';
import { createLocalAccount } from './local-account.ts';
import { issuerPrefix, Issuers, wellKnownPrefix } from './oauth/issuers.ts';
import { type FindUnsigned, ResettableAccount } from './resettable-account.ts';
import { RunningClock } from './running-clock.ts';
import type { WiringOptions } from './wire-services.ts';

export interface LocalAwsOptions extends Pick<WiringOptions, 'iotLog' | 'iotBehaviour' | 'iotSettings'> {
  /** Default: the system's time, which can be moved forward. */
  readonly clock?: Clock;
  /** Default `us-east-1`. */
  readonly region?: string;
  /** Twelve digits. Default `123456789012`. */
  readonly accountId?: string;
  /** More accounts behind the same ports, told apart by access key and, for devices, by SNI. Default: none. */
  readonly otherAccountIds?: readonly string[];
  /**
   * Services that somebody else runs, by the name that their requests are signed for. Default: those that the variables
   * `LOCAL_AWS_ENDPOINT_URL_<SERVICE>` name.
   */
  readonly endpoints?: ForeignEndpoints;
  /** Of the HTTP endpoint. Default 0: a free one. */
  readonly port?: number;
  /** Of MQTT with client certificates. Default 0: a free one. */
  readonly mqttPort?: number;
  /** Of MQTT with the authentication chosen by ALPN, which is 443 on AWS. Default 0: a free one. */
  readonly customAuthPort?: number;
  /** Of publishing by HTTPS with client certificates, which is 8443 on AWS. Default 0: a free one. */
  readonly httpsPort?: number;
}

/** So many are remembered. */
const KEPT_REQUESTS = 10_000;

/** A running local AWS, which is also its first account. Several can run side by side. */
export interface LocalAws extends LocalAccount {
  /** What goes wrong on purpose. */
  readonly faults: FaultBook;
  /** The last requests that came. */
  readonly requests: RequestLog;
  /** OAuth 2.0 issuers beside the accounts, whose tokens functions can check over HTTP. */
  readonly issuers: Issuers;
  /**
   * Resolves once no function of any account has run for a fifth of a second of the machine's time: whoever moves the clock waits so
   * for what has begun, whose time would run out in the jump.
   */
  atRest(): Promise<void>;
  /** Empties all accounts; credentials, ports, issuers, faults and the request log stay. */
  reset(): Promise<void>;
  /** What the services of all accounts store, by account and signing name, as JSON; secrets only when asked for. */
  export(options?: Partial<ExportOptions>): Promise<Readonly<Record<string, object>>>;
  /** `http://127.0.0.1:<port>`: every AWS API but MQTT. */
  readonly endpoint: string;
  /** Every account by its id, the first one included. */
  readonly accounts: ReadonlyMap<string, LocalAccount>;
  /** Ports of the MQTT broker on 127.0.0.1. */
  readonly mqtt: { readonly port: number; readonly customAuthPort: number };
  /** Port of publishing by HTTPS with client certificates on 127.0.0.1. */
  readonly https: { readonly port: number };
  /** PEM of the root that vouches for the MQTT endpoint. */
  readonly rootCa: string;
  readonly clock: Clock;
  /** Ends every connection and worker. A deployment under way fails for want of them. */
  stop(): Promise<void>;
}

interface Parts {
  readonly accounts: readonly [ResettableAccount, ...ResettableAccount[]];
  readonly gateway: Gateway;
  readonly dataEndpoint: DeviceEndpoint;
}

/** Stops what was started, in the order in which one needs the other. */
const stopAll = async ({ accounts, gateway, dataEndpoint }: Parts): Promise<void> => {
  for (const { services } of accounts) {
    services.eventBridge.stop();
    services.cloudTrail.stop();
    services.cloudWatch.stop();
    services.iot.close();
  }
  await dataEndpoint.close();
  await Promise.all(accounts.map(({ services }) => services.lambda.stop()));
  await gateway.stop();
  await Promise.all(accounts.map(({ services }) => services.dynamodb.stop()));
};

const createAccounts = (
  options: LocalAwsOptions,
  shared: Pick<WiringOptions, 'clock' | 'endpoint' | 'controls'>,
  beside: FindUnsigned,
): Parts['accounts'] => {
  const { region = 'us-east-1', accountId = '123456789012', otherAccountIds = [], endpoints = {}, ...iot } = options;
  const caHolders: NonNullable<WiringOptions['caHolders']> = new Map<string, string>();
  const create = (id: string): ResettableAccount => {
    const account: Account = { accountId: id, region, partition: 'aws' };
    const wiring: WiringOptions = {
      ...{ ...shared, account, caHolders, endpoints: { ...endpointsIn(process.env), ...endpoints } },
      ...{ iotLog: iot.iotLog, iotBehaviour: iot.iotBehaviour, iotSettings: iot.iotSettings },
    };
    return new ResettableAccount(account, () => createLocalAccount(wiring), beside);
  };
  return [create(accountId), ...otherAccountIds.map(create)];
};

/** Starts a local AWS on 127.0.0.1. Its state is in memory and is gone when it stops. */
export const startLocalAws = async (options: LocalAwsOptions = {}): Promise<LocalAws> => {
  const { clock = new RunningClock(), region = 'us-east-1', mqttPort = 0, customAuthPort = 0, httpsPort = 0 } = options;
  let [endpoint, mqtt, https] = ['', { port: 0, customAuthPort: 0 }, { port: 0 }];
  const [faults, requests] = [new FaultBook(clock), new RequestLog(KEPT_REQUESTS)];
  const controls = createAccountControls(clock, faults, requests);
  const issuers = new Issuers({ endpoint: () => endpoint, intercept: controls.requests });
  const beside: FindUnsigned = (path) => {
    if (path.startsWith(controlPrefix)) return control;
    return path.startsWith(issuerPrefix) || path.startsWith(wellKnownPrefix) ? issuers.route : undefined;
  };
  const accounts: Parts['accounts'] = createAccounts(options, { clock, controls, endpoint: () => endpoint }, beside);
  const ports = () => ({ http: Number(new URL(endpoint).port), mqtt: mqtt.port, customAuth: mqtt.customAuthPort, https: https.port });
  const server = createServerCredentials([`*.iot.${region}.amazonaws.com`]);
  const control = createControlEndpoint(controlRoutes({ clock, faults, requests, issuers, accounts, ports, rootCa: server.rootCa }));
  const gateway = createGateway(...accounts);
  const dataEndpoint = createDeviceEndpoint({
    credentials: server,
    tenants: accounts,
    settings: { ...options.iotSettings, mqttPort, alpnPort: customAuthPort, httpsPort },
  });
  const parts: Parts = { accounts, gateway, dataEndpoint };
  try {
    endpoint = await gateway.listen(options.port ?? 0);
    const listening = await dataEndpoint.listen();
    mqtt = { port: listening.mqttPort, customAuthPort: listening.alpnPort };
    https = { port: listening.httpsPort };
    const first = accounts[0].open(endpoint);
    const others = accounts.slice(1).map((account) => account.open(endpoint));
    return localAws(parts, { ...{ endpoint, mqtt, https, clock, faults, requests, issuers, rootCa: server.rootCa }, first, others });
  } catch (error) {
    await stopAll(parts);
    throw error;
  }
};

type Started = Pick<LocalAws, 'endpoint' | 'mqtt' | 'https' | 'clock' | 'faults' | 'requests' | 'issuers' | 'rootCa'> & {
  readonly first: LocalAccount;
  readonly others: readonly LocalAccount[];
};

const localAws = (parts: Parts, { first, others, ...started }: Started): LocalAws => {
  const { accounts } = parts;
  return {
    ...started,
    ...first,
    get services() {
      return accounts[0].services;
    },
    accounts: new Map([first, ...others].map((one) => [one.account.accountId, one])),
    atRest: () => accountsAtRest(accounts),
    reset: async () => {
      for (const account of accounts) await account.reset();
    },
    export: ({ withSecrets = false } = {}) => exportAccounts(accounts, { withSecrets }),
    stop: () => stopAll(parts),
  };
};
