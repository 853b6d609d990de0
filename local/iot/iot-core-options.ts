import type { Account } from '../account.ts';
import type { Clock } from '../clock.ts';
import type { CallerDirectory } from '../gateway/caller-directory.ts';
import type { AccessControl } from '../iam/access/access-control.ts';
import type { FunctionInvoker } from '../lambda/function-invoker.ts';
import type { MessageSender } from '../sqs/message-sender.ts';
import type { BehaviourCapture } from './behaviour/behaviour.ts';
import type { OpenPacketGate } from './broker/packet-gate.ts';
import type { BrokerSettings } from './broker/settings.ts';
import type { OperationThrottleSettings } from './control-plane/operation-throttle.ts';
import type { DefenderPorts } from './defender/defender-ports.ts';
import type { DeviceEndpointSettings } from './endpoint/device-endpoint.ts';
import type { JobSettings } from './jobs/request-rates.ts';
import type { JustInTimeSettings } from './just-in-time/create-just-in-time.ts';
import type { ObservabilityPorts } from './observability.ts';
import type { PolicySettings } from './policy/policy-authorizer.ts';
import type { ProvisioningSettings } from './provisioning/fleet-provisioning.ts';
import type { CaHolders } from './registry/registry.ts';
import type { ActionTargets } from './rules/actions/rule-action.ts';
import type { ServiceRoles } from './service-roles.ts';

export interface IotCoreOptions extends ObservabilityPorts, Partial<Pick<DefenderPorts, 'revocationList'>> {
  readonly account: Account;
  readonly clock: Clock;
  readonly invoker: FunctionInvoker;
  readonly queues: MessageSender;
  readonly access?: AccessControl | undefined;
  /** Default: every role exists and may do everything. */
  readonly roles?: ServiceRoles;
  /** Where actions of rules lead to, beside queues, functions and topics of MQTT. */
  readonly ruleTargets?: ActionTargets;
  readonly settings?: Partial<BrokerSettings> &
    PolicySettings &
    ProvisioningSettings &
    OperationThrottleSettings &
    JustInTimeSettings &
    JobSettings &
    Pick<DeviceEndpointSettings, 'allowLoopbackNames'>;
  /** Shared by the accounts of one local AWS; without it this account is the only one. */
  readonly caHolders?: CaHolders | undefined;
  /** What was captured from a real account, in place of the defaults. */
  readonly capture?: BehaviourCapture;
  /** Who holds which access key, for requests to the data plane; without it none is signed right. */
  readonly callers?: CallerDirectory;
  /** Stands between connections and the broker. */
  readonly openGate?: OpenPacketGate;
}
