import { createPublicKey } from 'node:crypto';
import { invalidRequest, limitExceeded, notFound } from '../refusals.ts';
import type { Authorizer } from '../registry/authorizer.ts';
import type { IotRegistry } from '../registry/registry.ts';

/** GR, not adjustable. */
const maximumAuthorizers = 100;
const maximumActiveAuthorizers = 32;

const minimumModulusBits = 2048;

/** SM: length of a key's name and of its PEM. */
const maximumKeyName = 128;
const maximumKeyText = 5120;

const functionArn = /^arn:[\w-]+:lambda:[\w-]+:\d{12}:function:[\w-]+(:[\w$-]+)?$/;

export const findAuthorizer = (registry: IotRegistry, authorizerName: string): Authorizer => {
  const authorizer = registry.authorizers.get(authorizerName);
  if (authorizer === undefined) throw notFound(`Authorizer ${authorizerName} cannot be found.`);
  return authorizer;
};

const modulusBitsOf = (pem: string): number | undefined => {
  try {
    const key = createPublicKey(pem);
    return key.asymmetricKeyType === 'rsa' ? key.asymmetricKeyDetails?.modulusLength : undefined;
  } catch {
    return undefined;
  }
};

/** "Its minimum length is 2,048 bits" (DG:config-custom-auth); signatures are RSA's, so nothing else is a key here. */
const checkPublicKey = (keyName: string, pem: string): void => {
  if (keyName === '' || keyName.length > maximumKeyName) throw invalidRequest(`The name of a key has 1 to ${maximumKeyName} characters.`);
  if (pem.length > maximumKeyText) throw invalidRequest(`Token signing public key ${keyName} is longer than ${maximumKeyText} characters.`);
  const bits = modulusBitsOf(pem);
  if (bits === undefined) throw invalidRequest(`Token signing public key ${keyName} is not an RSA public key in PEM.`);
  if (bits < minimumModulusBits)
    throw invalidRequest(`Token signing public key ${keyName} has ${bits} bits; it must have ${minimumModulusBits}.`);
};

/** Refuses an authorizer that could never let anybody in. */
const checkAuthorizer = ({ functionArn: arn, signingDisabled, tokenKeyName, tokenSigningPublicKeys: keys }: Authorizer): void => {
  if (!functionArn.test(arn)) throw invalidRequest(`authorizerFunctionArn '${arn}' is not the ARN of a Lambda function.`);
  for (const [keyName, pem] of Object.entries(keys)) checkPublicKey(keyName, pem);
  if (signingDisabled || (tokenKeyName !== undefined && Object.keys(keys).length > 0)) return;
  throw invalidRequest('tokenKeyName and tokenSigningPublicKeys are required, because signing is enabled.');
};

const activeBeside = (registry: IotRegistry, authorizerName: string): number =>
  [...registry.authorizers.values()].filter((other) => other.status === 'ACTIVE' && other.authorizerName !== authorizerName).length;

/** Stores an authorizer, new or changed, unless the account has too many. */
export const putAuthorizer = (registry: IotRegistry, authorizer: Authorizer): void => {
  checkAuthorizer(authorizer);
  const { authorizerName, status } = authorizer;
  const isNew = !registry.authorizers.has(authorizerName);
  if (isNew && registry.authorizers.size >= maximumAuthorizers) {
    throw limitExceeded(`An account has at most ${maximumAuthorizers} authorizers.`);
  }
  if (status === 'ACTIVE' && activeBeside(registry, authorizerName) >= maximumActiveAuthorizers) {
    throw limitExceeded(`An account has at most ${maximumActiveAuthorizers} active authorizers.`);
  }
  registry.authorizers.set(authorizerName, authorizer);
};

/** SDK AuthorizerDescription. */
export const authorizerDescription = (registry: IotRegistry, authorizer: Authorizer) => ({
  authorizerName: authorizer.authorizerName,
  authorizerArn: registry.arn('authorizer', authorizer.authorizerName),
  authorizerFunctionArn: authorizer.functionArn,
  tokenKeyName: authorizer.tokenKeyName,
  tokenSigningPublicKeys: { ...authorizer.tokenSigningPublicKeys },
  status: authorizer.status,
  creationDate: new Date(authorizer.createdAt),
  lastModifiedDate: new Date(authorizer.modifiedAt),
  signingDisabled: authorizer.signingDisabled,
  enableCachingForHttp: authorizer.cachingForHttp,
});
