import type { Clock } from '../../clock.ts';
import type { IotBehaviour } from '../behaviour/behaviour.ts';
import type { ReservedTopicService } from '../connection.ts';
import type { CertificateCallback } from '../custom-authentication/certificate-callback.ts';
import type { CustomAuthentication } from '../custom-authentication/custom-authentication.ts';
import type { IotDirectory } from '../directory.ts';
import type { IotLog } from '../events/iot-log.ts';
import type { LifecycleEvents } from '../events/lifecycle-events.ts';
import type { VersionNumbers } from '../events/version-numbers.ts';
import type { JustInTime } from '../just-in-time/just-in-time.ts';
import type { TrafficMetrics } from '../metrics/traffic-metrics.ts';
import type { PolicyAuthorizer } from '../policy/authorizer.ts';
import type { DomainConfiguration } from '../registry/domain-configuration.ts';
import type { Client } from './client.ts';
import type { OpenPacketGate } from './packet-gate.ts';
import type { PendingWills } from './pending-wills.ts';
import type { RecentEndings } from './recent-endings.ts';
import type { RetainedMessages } from './retained-messages.ts';
import type { Router } from './router.ts';
import type { SessionStore } from './session-store.ts';
import type { BrokerSettings } from './settings.ts';
import type { SignedCaller } from './web/signed-caller.ts';
import type { Throttle } from './throttle.ts';

/** What the packet handlers work on: the state of one account's broker, and its ports to the rest of AWS IoT. */
export interface BrokerCore {
  readonly clock: Clock;
  readonly directory: IotDirectory;
  readonly authorizer: PolicyAuthorizer;
  readonly settings: BrokerSettings;
  readonly behaviour: IotBehaviour;
  readonly reservedTopics: readonly ReservedTopicService[];
  readonly justInTime: JustInTime | undefined;
  readonly customAuthentication: CustomAuthentication;
  /** Asked about client certificates where the domain configuration says so. */
  readonly certificateCallback: CertificateCallback;
  /** Who signed a request over HTTP. */
  readonly signedCaller: SignedCaller;
  /** The domain configuration behind an endpoint's name; undefined for the account's default endpoint. */
  readonly domainOf: (serverName: string | undefined) => DomainConfiguration | undefined;
  readonly log: IotLog;
  readonly metrics: TrafficMetrics;
  readonly events: LifecycleEvents;
  readonly versionNumbers: VersionNumbers;
  /** Connected clients by client id. */
  readonly clients: Map<string, Client>;
  /** How connections of clients ended that are away. */
  readonly endings: RecentEndings;
  readonly sessions: SessionStore;
  readonly retained: RetainedMessages;
  readonly pendingWills: PendingWills;
  readonly router: Router;
  readonly throttle: Throttle;
  readonly openGate: OpenPacketGate | undefined;
}
