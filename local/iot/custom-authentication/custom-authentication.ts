import { arnOf } from '../../account.ts';
import type { IotBehaviour } from '../behaviour/behaviour.ts';
import type { Authorizer } from '../registry/authorizer.ts';
import type { DomainConfiguration } from '../registry/domain-configuration.ts';
import type { IotRegistry } from '../registry/registry.ts';
import { type Admission, readAnswer } from './authorizer-answer.ts';
import { authorizerEvent } from './authorizer-event.ts';
import { chooseAuthorizer } from './choose-authorizer.ts';
import { authorizerNameParameter, credentialsOf, signatureParameter } from './credentials.ts';
import { type AuthenticationCaller, invokeInTime } from './invoke-in-time.ts';
import type { Presented } from './presented.ts';
import { checkToken, type SignedToken } from './token-signature.ts';

/** AWS IoT's own reasons, as `Connection.AuthNError` log entries name them (DG:cwl-format). */
export type CustomAuthenticationFailure =
  | 'CUSTOM_AUTHORIZER_NOT_FOUND'
  | 'CUSTOM_AUTHORIZER_PARAMETER_INVALID'
  | 'CUSTOM_AUTHORIZER_LAMBDA_EXECUTION_ERROR'
  | 'NOT_AUTHENTICATED';

export type CustomVerdict =
  | {
      readonly isAuthenticated: true;
      readonly authorizerName: string;
      readonly admission: Admission;
      /** HTTP only: whether the answer may serve further requests of the same connection. */
      readonly isCacheableForHttp: boolean;
    }
  | { readonly isAuthenticated: false; readonly reason: CustomAuthenticationFailure; readonly problem?: string };

/** Custom authorizers of one account, as its endpoints ask them. Nothing here throws: a function that fails is a refusal. */
export interface CustomAuthentication {
  /** Asks the authorizer that request, endpoint and account settle on. */
  authenticate(presented: Presented, authorizerConfig: DomainConfiguration['authorizerConfig']): Promise<CustomVerdict>;
  /** Asks that authorizer again about a connection that it let in. */
  refresh(presented: Presented, authorizerName: string): Promise<CustomVerdict>;
}

const refuse = (reason: CustomAuthenticationFailure, problem?: string): CustomVerdict => ({
  isAuthenticated: false,
  reason,
  ...(problem === undefined ? {} : { problem }),
});

const signedTokenOf = ({ tokenKeyName }: Authorizer, presented: Presented, behaviour: IotBehaviour): SignedToken => {
  const credentials = credentialsOf(presented, behaviour);
  return { token: tokenKeyName === undefined ? undefined : credentials(tokenKeyName), signature: credentials(signatureParameter) };
};

/** Verifies the token before the function is called, so that strangers cost nothing (DG:custom-authorizer, step 3). */
export const askAuthorizer = async (
  caller: AuthenticationCaller & { readonly behaviour: IotBehaviour },
  authorizer: Authorizer,
  presented: Presented,
): Promise<CustomVerdict> => {
  const { behaviour } = caller;
  const token = checkToken(authorizer, presented.signedToken ?? signedTokenOf(authorizer, presented, behaviour));
  if (token === undefined) return refuse('CUSTOM_AUTHORIZER_PARAMETER_INVALID', 'The token is missing or its signature does not verify');
  const event = authorizerEvent(presented, token, { keepsQuery: behaviour['custom-authentication.username-keeps-query'] });
  const sourceArn = arnOf(caller.account, 'iot', `authorizer/${authorizer.authorizerName}`);
  const result = await invokeInTime(caller, { functionArn: authorizer.functionArn, sourceArn }, event);
  if (result.outcome === 'refused') return refuse('CUSTOM_AUTHORIZER_LAMBDA_EXECUTION_ERROR', `Lambda did not run it: ${result.code}`);
  if (result.outcome === 'failed') return refuse('CUSTOM_AUTHORIZER_LAMBDA_EXECUTION_ERROR', `${result.errorType}: ${result.errorMessage}`);
  const answer = readAnswer(result.payload, behaviour, presented.tls?.certificate?.principalId);
  switch (answer.kind) {
    case 'admitted': {
      const { authorizerName, cachingForHttp: isCacheableForHttp } = authorizer;
      return { isAuthenticated: true, authorizerName, admission: answer.admission, isCacheableForHttp };
    }
    case 'denied':
      return refuse('NOT_AUTHENTICATED');
    case 'invalid':
      return refuse('CUSTOM_AUTHORIZER_LAMBDA_EXECUTION_ERROR', answer.problem);
  }
};

export const createCustomAuthentication = (
  dependencies: AuthenticationCaller & { readonly registry: IotRegistry; readonly behaviour: IotBehaviour },
): CustomAuthentication => {
  const { registry, behaviour } = dependencies;
  const ask = (authorizer: Authorizer | undefined, presented: Presented): Promise<CustomVerdict> =>
    authorizer === undefined ? Promise.resolve(refuse('CUSTOM_AUTHORIZER_NOT_FOUND')) : askAuthorizer(dependencies, authorizer, presented);
  return {
    authenticate: (presented, authorizerConfig) => {
      const named = credentialsOf(presented, behaviour)(authorizerNameParameter);
      return ask(chooseAuthorizer(registry, behaviour, { named, authorizerConfig }), presented);
    },
    refresh: (presented, authorizerName) => {
      const authorizer = registry.authorizers.get(authorizerName);
      return ask(authorizer?.status === 'ACTIVE' ? authorizer : undefined, presented);
    },
  };
};
