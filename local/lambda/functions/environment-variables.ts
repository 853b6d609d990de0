import type { Account } from '../../account.ts';
import type { LambdaPorts, RoleCredentials } from '../lambda-ports.ts';
import type { FunctionVersion } from './lambda-function.ts';

export interface LogTarget {
  readonly logGroup: string;
  readonly logStream: string;
}

/**
 * All that a function finds in `process.env`: its own variables and what the runtime defines (Lambda Developer Guide,
 * "Defined runtime environment variables"), nothing of this machine's.
 */
export const environmentVariables = (
  { account, ports }: { readonly account: Account; readonly ports: LambdaPorts },
  { name, version, log }: { readonly name: string; readonly version: Omit<FunctionVersion, 'pool'>; readonly log: LogTarget },
  credentials: RoleCredentials,
): Readonly<Record<string, string>> => ({
  // The functions' own variables may name another endpoint, as on AWS.
  AWS_ENDPOINT_URL: ports.endpoint(),
  ...ports.endpointVariables,
  ...version.configuration.Environment.Variables,
  _HANDLER: version.configuration.Handler,
  AWS_REGION: account.region,
  AWS_DEFAULT_REGION: account.region,
  AWS_EXECUTION_ENV: `AWS_Lambda_${version.configuration.Runtime}`,
  AWS_LAMBDA_FUNCTION_NAME: name,
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(version.configuration.MemorySize),
  AWS_LAMBDA_FUNCTION_VERSION: version.version,
  AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
  AWS_LAMBDA_LOG_GROUP_NAME: log.logGroup,
  AWS_LAMBDA_LOG_STREAM_NAME: log.logStream,
  AWS_ACCESS_KEY_ID: credentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  AWS_SESSION_TOKEN: credentials.sessionToken,
  LAMBDA_TASK_ROOT: version.code.directory,
  LAMBDA_RUNTIME_DIR: '/var/runtime',
  LANG: 'en_US.UTF-8',
  TZ: ':UTC',
  PATH: '/var/lang/bin:/usr/local/bin:/usr/bin/:/bin:/opt/bin',
  // No such directory: SDKs look for shared configuration below it, and must not find the host's.
  HOME: '/home/sbx_user1051',
});
