import { arnOf } from '../../account.ts';
import type { Account } from '../../account.ts';
import { AwsError } from '../../aws-error.ts';
import type { Clock } from '../../clock.ts';
import type { Caller } from '../../gateway/api-service.ts';
import { evaluate } from '../../policy/evaluate.ts';
import type { ContextLookup } from '../../policy/match-pattern.ts';
import type { PolicyDocument } from '../../policy/policy-document.ts';
import type { IotDirectory } from '../directory.ts';
import type { Decision, PolicyAction, PolicyAuthorizer, PolicyRequest, PolicySubject } from './authorizer.ts';
import { certificateVariables } from './certificate-variables.ts';
import type { PolicyBehaviour } from './iot-grammar.ts';
import { PolicyCache } from './policy-cache.ts';
import { policyVariables } from './policy-variables.ts';

export interface PolicySettings {
  /** How long a principal's policies are served without looking again. AWS: 6 to 8 minutes (DG:iot-policies). */
  readonly policyCacheMs?: number;
}

export interface PolicyAuthorizerOptions {
  readonly account: Account;
  readonly clock: Clock;
  readonly directory: Pick<IotDirectory, 'policyDocuments' | 'certificatePem'>;
  readonly settings?: PolicySettings;
  /** IAM's word on clients that sign their requests; without it they may do nothing. */
  readonly mayCall?: MayCall;
  /** Default: the table of assumptions as it stands. */
  readonly behaviour?: PolicyBehaviour;
}

/** Whether IAM lets a caller do something to a resource, given by its ARN. */
export type MayCall = (caller: Caller, action: string, resource: string) => boolean;

const sevenMinutesMs = 7 * 60_000;

// DG:iot-policy-actions.
const resourceTypes: Readonly<Record<PolicyAction, string>> = {
  'iot:Connect': 'client',
  'iot:Publish': 'topic',
  'iot:RetainPublish': 'topic',
  'iot:Receive': 'topic',
  'iot:Subscribe': 'topicfilter',
};

/** One lookup per certificate, so that each is parsed once; certificates never change under their id. */
function certificateLookups(directory: PolicyAuthorizerOptions['directory']): (certificateId: string | undefined) => ContextLookup {
  const lookups = new Map<string, ContextLookup>();
  return (certificateId) => {
    if (certificateId === undefined) return () => [];
    const known = lookups.get(certificateId);
    const lookup = known ?? certificateVariables(() => directory.certificatePem(certificateId));
    if (known === undefined) lookups.set(certificateId, lookup);
    return lookup;
  };
}

function documentsFor(cache: PolicyCache, { certificateId, thing, admitted }: PolicySubject): readonly PolicyDocument[] {
  const own = certificateId === undefined ? [] : cache.documentsOf(certificateId, thing);
  return admitted === undefined ? own : [...own, ...admitted.policies];
}

/** The policy engine over the policies that the directory holds. */
export function createPolicyAuthorizer({
  account,
  clock,
  directory,
  settings = {},
  mayCall = () => false,
  behaviour,
}: PolicyAuthorizerOptions): PolicyAuthorizer {
  const cache = new PolicyCache(clock, directory, { lifetimeMs: settings.policyCacheMs ?? sevenMinutesMs, behaviour });
  const certificateOf = certificateLookups(directory);
  const decide = (subject: PolicySubject, request: PolicyRequest): Decision => {
    const resource = arnOf(account, 'iot', `${resourceTypes[request.action]}/${request.name}`);
    if (subject.caller !== undefined) return mayCall(subject.caller, request.action, resource) ? 'allowed' : 'implicitDeny';
    const source = { account, nowMs: clock.now(), certificate: certificateOf(subject.certificateId) };
    return evaluate(documentsFor(cache, subject), {
      action: request.action,
      resource,
      variables: policyVariables(subject, request, source),
    }).decision;
  };
  return {
    authorize: (subject, request) => {
      try {
        return decide(subject, request);
      } catch (error) {
        // A stored policy that nobody can read must not widen what the others allow.
        if (error instanceof AwsError) return 'explicitDeny';
        throw error;
      }
    },
  };
}
