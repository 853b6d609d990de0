import { AwsError } from '../../aws-error.ts';

/** Lambda Developer Guide, "Defined runtime environment variables": the keys that cannot be set in a function's configuration. */
const reserved = new Set([
  '_HANDLER',
  '_X_AMZN_TRACE_ID',
  'AWS_DEFAULT_REGION',
  'AWS_REGION',
  'AWS_EXECUTION_ENV',
  'AWS_LAMBDA_FUNCTION_NAME',
  'AWS_LAMBDA_FUNCTION_MEMORY_SIZE',
  'AWS_LAMBDA_FUNCTION_VERSION',
  'AWS_LAMBDA_INITIALIZATION_TYPE',
  'AWS_LAMBDA_LOG_GROUP_NAME',
  'AWS_LAMBDA_LOG_STREAM_NAME',
  'AWS_ACCESS_KEY',
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_LAMBDA_RUNTIME_API',
  'LAMBDA_TASK_ROOT',
  'LAMBDA_RUNTIME_DIR',
]);

/** "The total size of all environment variables doesn't exceed 4 KB." */
const maxBytes = 4096;

/** Refuses environment variables that Lambda refuses: reserved ones, and more than 4 KB of them. */
export const requireKnownKeys = (variables: Readonly<Record<string, string>>): void => {
  const forbidden = Object.keys(variables).filter((name) => reserved.has(name));
  if (forbidden.length > 0) {
    const message = `Lambda was unable to configure your environment variables because the environment variables you have provided contains reserved keys that are currently not supported for modification. Reserved keys used in this request: ${forbidden.join(', ')}`;
    throw new AwsError('InvalidParameterValueException', message);
  }
  if (Buffer.byteLength(JSON.stringify(variables)) > maxBytes) {
    throw new AwsError('InvalidParameterValueException', `The environment variables are longer than ${maxBytes} bytes.`);
  }
};
