import { type IotBehaviour, createBehaviour } from './behaviour/behaviour.ts';
import { createIotControlPlane, type IotControlPlane } from './control-plane/iot-control-plane.ts';
import type { IotCoreOptions } from './iot-core-options.ts';
import { createObservability, type Observability } from './observability.ts';
import { compileRule } from './rules/compiled-rule.ts';
import { unlimitedRoles, type ServiceRoles } from './service-roles.ts';

/** What every part of an account's AWS IoT Core stands on. */
export interface IotFoundation extends Observability, Pick<IotCoreOptions, 'account' | 'clock' | 'invoker'> {
  readonly roles: ServiceRoles;
  readonly settings: NonNullable<IotCoreOptions['settings']>;
  readonly behaviour: IotBehaviour;
  readonly controlPlane: IotControlPlane;
}

/** Makes the control plane with its registry, and what tells of what happens there. */
export const createIotFoundation = (options: IotCoreOptions): IotFoundation => {
  const { account, clock, invoker, access, roles = unlimitedRoles, settings = {}, capture, caHolders, revocationList } = options;
  const behaviour = createBehaviour(capture);
  const controlPlane = createIotControlPlane({
    ...{ account, clock, invoker, behaviour, access, roles, caHolders },
    ...(revocationList === undefined ? {} : { revocationList }),
    notifications: options.ruleTargets?.notifications,
    rates: settings,
    checkRule: (rule) => void compileRule(rule, behaviour),
  });
  const { registry, directory } = controlPlane;
  const observability = createObservability(options, { account, clock, behaviour, registry, directory });
  return { ...observability, account, clock, invoker, roles, settings, behaviour, controlPlane };
};
