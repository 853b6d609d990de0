import { createMessageBroker, type RunningBroker } from './broker/message-broker.ts';
import { signedCallerIn } from './broker/web/signed-caller.ts';
import type { MessageBroker, MessageObserver, ReservedTopicService } from './connection.ts';
import { createCertificateCallback } from './custom-authentication/certificate-callback.ts';
import { createCustomAuthentication } from './custom-authentication/custom-authentication.ts';
import type { IotCoreOptions } from './iot-core-options.ts';
import type { IotFoundation } from './iot-foundation.ts';
import { createJustInTime } from './just-in-time/create-just-in-time.ts';
import { mayCallBy } from './may-call.ts';
import { countingProvisionedThings } from './metrics/provisioning-metrics.ts';
import { createTrafficMetrics } from './metrics/traffic-metrics.ts';
import { createPolicyAuthorizer } from './policy/policy-authorizer.ts';
import { domainNamed } from './registry/domain-named.ts';

/** Who takes messages beside the subscribers. Filled once they exist: they need the broker themselves. */
export interface Listeners {
  readonly reservedTopics: ReservedTopicService[];
  readonly observers: MessageObserver[];
}

const justInTimeOf = (foundation: IotFoundation, broker: () => MessageBroker) => {
  const { account, clock, behaviour, settings, controlPlane, roles, log, metrics } = foundation;
  return createJustInTime({
    ...{ account, clock, behaviour, settings, roles, broker, registry: controlPlane.registry },
    ...{ templates: controlPlane.provisioning, controlPlane: controlPlane.countedClient },
    log: countingProvisionedThings(log, metrics),
  });
};

/** The message broker of the account, with everybody whom it asks about a client. */
export const createAccountBroker = (
  foundation: IotFoundation,
  { access, callers, openGate }: Pick<IotCoreOptions, 'access' | 'callers' | 'openGate'>,
  listeners: Listeners,
): RunningBroker => {
  const { account, clock, invoker, behaviour, settings, controlPlane, sink, metrics } = foundation;
  const { directory, registry } = controlPlane;
  const running: RunningBroker = createMessageBroker({
    ...{ account, clock, directory, settings, behaviour, ...listeners },
    authorizer: createPolicyAuthorizer({ account, clock, directory, settings, behaviour, mayCall: mayCallBy(access, account) }),
    justInTime: justInTimeOf(foundation, () => running.broker),
    log: sink,
    metrics: createTrafficMetrics(metrics),
    certificateCallback: createCertificateCallback({ account, clock, invoker, behaviour }),
    customAuthentication: createCustomAuthentication({ account, clock, invoker, behaviour, registry }),
    ...(callers === undefined ? {} : { signedCaller: signedCallerIn(callers) }),
    domainOf: (serverName) => domainNamed(registry, serverName),
    ...(openGate === undefined ? {} : { openGate }),
  });
  return running;
};
