import type { Account } from './account.ts';
import { AccountEntrance } from './gateway/account-entrance.ts';
import { endpointVariables, parseEndpoints } from './handoff/foreign-endpoint.ts';
import type { WiredServices, WiringOptions } from './wire-services.ts';
import { wireServices } from './wire-services.ts';

/** One account of a local AWS, with an administrator's key and everything that belongs to it alone. */
export interface LocalAccount {
  readonly account: Account;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** What a child process needs to talk to this account and to no other, e.g. the CDK CLI. */
  readonly environment: Readonly<Record<string, string>>;
  /** The services themselves, for tests and programs in this process. */
  readonly services: WiredServices;
}

const environmentOf = (
  endpoint: string,
  { region }: Account,
  { credentials, endpointVariables }: Pick<LocalAccount, 'credentials'> & { readonly endpointVariables: Readonly<Record<string, string>> },
): Readonly<Record<string, string>> => ({
  AWS_ENDPOINT_URL: endpoint,
  AWS_ENDPOINT_URL_S3: endpoint,
  AWS_REGION: region,
  AWS_DEFAULT_REGION: region,
  AWS_ACCESS_KEY_ID: credentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  // Nothing of the user's own configuration may lead to a real account.
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  AWS_EC2_METADATA_DISABLED: 'true',
  ...endpointVariables,
});

/** An account whose services exist; `open` makes it usable once the gateway has its address. */
export interface ClosedAccount {
  readonly services: WiredServices;
  readonly entrance: AccountEntrance;
  /** `credentials`: those of an administrator who was there before; without them new ones are made. */
  open(endpoint: string, credentials?: LocalAccount['credentials']): LocalAccount;
}

/** Makes the services of one account and its side of the gateway. */
export const createLocalAccount = (options: WiringOptions): ClosedAccount => {
  const { account } = options;
  const services = wireServices(options);
  const variables = endpointVariables(parseEndpoints(options.endpoints ?? {}));
  const { prefix, route } = services.cloudFormation.responseRoute;
  return {
    services,
    entrance: new AccountEntrance(services.sts.accessKeys, options.controls?.requests)
      .register(...services.apis)
      .routeUnsigned(prefix, route)
      .routeUnsigned(services.sns.confirmations.prefix, services.sns.confirmations.route)
      .address(services.lambda.urls, services.apiGateway.endpoints),
    open: (endpoint, previous) => {
      const administrator = `arn:${account.partition}:iam::${account.accountId}:user/local-administrator`;
      const credentials = services.sts.accessKeys.createLongLived(account.accountId, administrator, previous);
      return {
        account,
        services,
        credentials,
        environment: environmentOf(endpoint, account, { credentials, endpointVariables: variables }),
      };
    },
  };
};
