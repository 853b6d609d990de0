import { errorCodeOf } from './error-code.ts';

const UNREACHED = /^(ECONN(REFUSED|RESET|ABORTED)|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EPIPE)$/;
const UNTRUSTED = /^(SELF_SIGNED_CERT_IN_CHAIN|DEPTH_ZERO_SELF_SIGNED_CERT|UNABLE_TO_(GET|VERIFY)_.*|CERT_.*|ERR_TLS_.*)$/;

/** What an operator is told of a failure: what is theirs to mend in words, what AWS said in AWS's words, a mistake of ours in full. */
export const explain = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  const way = explainWay(error);
  if (way !== undefined) return way;
  const code = errorCodeOf(error);
  if (typeof code === 'string' && code.startsWith('ERR_') && !code.startsWith('ERR_INVALID')) return error.message;
  if ('$metadata' in error && 'httpStatusCode' in Object(error.$metadata)) return `AWS answered ${error.name}: ${error.message}`;
  return error.stack ?? error.message;
};

/** What was in the way of AWS's hearing anything. */
const explainWay = (error: Error): string | undefined => {
  if (error.name === 'CredentialsProviderError')
    return `There are no AWS credentials: ${error.message}. Log in and set AWS_PROFILE, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.`;
  // The SDK gives it neither a name nor a code.
  if (error.message === 'Region is missing')
    return 'There is no AWS region. Set AWS_REGION to the region of the deployment, or give your profile one.';
  const code = String(errorCodeOf(error));
  if (UNREACHED.test(code)) return `AWS was not reached: ${error.message}. Look at the network and, where it is set, at AWS_ENDPOINT_URL.`;
  if (UNTRUSTED.test(code))
    return `What answered is not trusted to be AWS: ${error.message}. Where the authority of a proxy or of a local AWS vouches for it, name that in NODE_EXTRA_CA_CERTS.`;
  return undefined;
};
