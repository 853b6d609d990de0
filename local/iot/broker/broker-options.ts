import type { Account } from '../../account.ts';
import type { Clock } from '../../clock.ts';
import type { IotBehaviour } from '../behaviour/behaviour.ts';
import type { MessageObserver, ReservedTopicService } from '../connection.ts';
import type { CertificateCallback } from '../custom-authentication/certificate-callback.ts';
import type { CustomAuthentication } from '../custom-authentication/custom-authentication.ts';
import type { IotDirectory } from '../directory.ts';
import type { IotLogSink } from '../events/iot-log.ts';
import type { JustInTime } from '../just-in-time/just-in-time.ts';
import type { TrafficMetrics } from '../metrics/traffic-metrics.ts';
import type { PolicyAuthorizer } from '../policy/authorizer.ts';
import type { DomainConfiguration } from '../registry/domain-configuration.ts';
import type { SignedCaller } from './web/signed-caller.ts';
import type { OpenPacketGate } from './packet-gate.ts';
import type { BrokerSettings } from './settings.ts';

/** What the broker of one account needs, and what of the rest of AWS IoT it may reach. */
export interface MessageBrokerOptions {
  readonly account: Account;
  readonly clock: Clock;
  readonly directory: IotDirectory;
  readonly authorizer: PolicyAuthorizer;
  /** Read at every message, so that services which need the broker themselves can be added after it was made. */
  readonly reservedTopics: readonly ReservedTopicService[];
  /** Told of every client certificate that is refused. */
  readonly justInTime?: JustInTime;
  /** Without it nobody is let in by an authorizer. */
  readonly customAuthentication?: CustomAuthentication;
  /** Without it there is the default endpoint only. */
  readonly domainOf?: (serverName: string | undefined) => DomainConfiguration | undefined;
  /** Without it nobody is asked about client certificates. */
  readonly certificateCallback?: CertificateCallback;
  /** Without it no signature holds. */
  readonly signedCaller?: SignedCaller;
  /** Read at every message, too. */
  readonly observers: readonly MessageObserver[];
  /** Receives the entries of the log group `AWSIotLogsV2`. */
  readonly log: IotLogSink;
  /** Without it nothing is counted. */
  readonly metrics?: TrafficMetrics | undefined;
  readonly settings?: Partial<BrokerSettings>;
  /** Default: the table of assumptions as it stands. */
  readonly behaviour?: IotBehaviour;
  /** Without it packets go straight to their handlers. */
  readonly openGate?: OpenPacketGate;
}
