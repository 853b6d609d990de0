import type { TLSSocket } from 'node:tls';

import type { Account } from '../../account.ts';
import type { Clock } from '../../clock.ts';
import type { IotBehaviour } from '../behaviour/behaviour.ts';
import type { MessageBroker, MessageObserver, ReservedTopicService } from '../connection.ts';
import type { CustomAuthentication } from '../custom-authentication/custom-authentication.ts';
import type { IotDirectory } from '../directory.ts';
import type { IotLogSink } from '../events/iot-log.ts';
import type { JustInTime } from '../just-in-time/just-in-time.ts';
import type { TrafficMetrics } from '../metrics/traffic-metrics.ts';
import type { PolicyAuthorizer } from '../policy/authorizer.ts';
import type { DomainConfiguration } from '../registry/domain-configuration.ts';
import { acceptSocket } from './accept-socket.ts';
import { createBrokerPort } from './broker-port.ts';
import { createCore } from './create-core.ts';
import type { OpenPacketGate } from './packet-gate.ts';
import type { BrokerSettings } from './settings.ts';

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

export interface RunningBroker {
  readonly broker: MessageBroker;
  /** Takes over a connection after its TLS handshake. */
  accept(socket: TLSSocket, usesAlpn: boolean): void;
  /** Ends all sessions without a word; no events are published any more. The endpoint cuts the connections. */
  close(): void;
}

/** The message broker of AWS IoT Core: MQTT 3.1.1 and 5 over mutual TLS, every action subject to policy. */
export const createMessageBroker = (options: MessageBrokerOptions): RunningBroker => {
  const core = createCore(options);
  return {
    broker: createBrokerPort(core),
    accept: (socket, usesAlpn) => {
      acceptSocket(core, socket, usesAlpn);
    },
    close: () => {
      for (const client of core.clients.values()) client.end(); // nobody is left to be told
      core.sessions.clear();
      core.pendingWills.clear();
    },
  };
};
