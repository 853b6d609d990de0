import { readFileSync } from 'node:fs';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';

/** Names the endpoint that suites run against instead of a local AWS that they start: LocalStack, MiniStack, another local AWS, AWS itself. */
export const ENDPOINT_VARIABLE = 'MUSTER_E2E_ENDPOINT';

/** An AWS that nobody here starts or stops. */
export interface ForeignAws {
  readonly endpoint: string;
  readonly account: { readonly accountId: string; readonly region: string; readonly partition: 'aws' };
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** For programs that are to talk to it and to no other. */
  readonly environment: Readonly<Record<string, string>>;
  /** Of its MQTT endpoint on this machine, where `MUSTER_E2E_MQTT_PORT` and `MUSTER_E2E_ROOT_CA` (a file) tell them. */
  readonly devices: { readonly mqtt: { readonly port: number; readonly customAuthPort: number }; readonly rootCa: string } | undefined;
}

type Variables = Readonly<Record<string, string | undefined>>;

const required = (variables: Variables, name: string): string => {
  const value = variables[name];
  if (value === undefined || value === '') throw new Error(`${ENDPOINT_VARIABLE} is set: ${name} must say whose account it is.`);
  return value;
};

const devicesOf = (variables: Variables): ForeignAws['devices'] => {
  const [port, file] = [variables['MUSTER_E2E_MQTT_PORT'], variables['MUSTER_E2E_ROOT_CA']];
  if (port === undefined || file === undefined) return undefined;
  const customAuthPort = Number(variables['MUSTER_E2E_CUSTOM_AUTH_PORT'] ?? port);
  return { mqtt: { port: Number(port), customAuthPort }, rootCa: readFileSync(file, 'utf8') };
};

/** The foreign AWS that the variables name, with the SDK's own for credentials and region; undefined when they name none. */
export const foreignAws = async (variables: Variables = process.env): Promise<ForeignAws | undefined> => {
  const endpoint = variables[ENDPOINT_VARIABLE];
  if (endpoint === undefined || endpoint === '') return undefined;
  const credentials = {
    accessKeyId: required(variables, 'AWS_ACCESS_KEY_ID'),
    secretAccessKey: required(variables, 'AWS_SECRET_ACCESS_KEY'),
    ...(variables['AWS_SESSION_TOKEN'] === undefined ? {} : { sessionToken: variables['AWS_SESSION_TOKEN'] }),
  };
  const region = required(variables, 'AWS_REGION');
  const sts = new STSClient({ endpoint, region, credentials });
  const { Account: accountId = '' } = await sts.send(new GetCallerIdentityCommand({}));
  sts.destroy();
  const environment = {
    ...{ AWS_ENDPOINT_URL: endpoint, AWS_ENDPOINT_URL_S3: endpoint, AWS_REGION: region, AWS_DEFAULT_REGION: region },
    ...{ AWS_ACCESS_KEY_ID: credentials.accessKeyId, AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey },
    ...(credentials.sessionToken === undefined ? {} : { AWS_SESSION_TOKEN: credentials.sessionToken }),
    ...{ AWS_CONFIG_FILE: '/dev/null', AWS_SHARED_CREDENTIALS_FILE: '/dev/null', AWS_EC2_METADATA_DISABLED: 'true' },
  };
  return { endpoint, account: { accountId, region, partition: 'aws' }, credentials, environment, devices: devicesOf(variables) };
};
