import type { TLSSocket } from 'node:tls';

import type { Account } from '../../account.ts';
import type { Clock } from '../../clock.ts';
import { createBehaviour, type IotBehaviour } from '../behaviour/behaviour.ts';
import type { IotMessage, MessageBroker, MessageObserver, ReservedTopicService } from '../connection.ts';
import type { IotDirectory } from '../directory.ts';
import { createIotLog, type IotLogEntry } from '../events/iot-log.ts';
import { createLifecycleEvents } from '../events/lifecycle-events.ts';
import { VersionNumbers } from '../events/version-numbers.ts';
import type { PolicyAuthorizer } from '../policy/authorizer.ts';
import { acceptSocket } from './accept-socket.ts';
import { createBrokerPort } from './broker-port.ts';
import type { BrokerCore } from './core.ts';
import { PendingWills } from './pending-wills.ts';
import { RetainedMessages } from './retained-messages.ts';
import { Router } from './router.ts';
import { SessionStore } from './session-store.ts';
import { type BrokerSettings, defaultSettings } from './settings.ts';

export interface MessageBrokerOptions {
  readonly account: Account;
  readonly clock: Clock;
  readonly directory: IotDirectory;
  readonly authorizer: PolicyAuthorizer;
  /** Read at every message, so that services which need the broker themselves can be added after it was made. */
  readonly reservedTopics: readonly ReservedTopicService[];
  /** Read at every message, too. */
  readonly observers: readonly MessageObserver[];
  /** Receives the entries of the log group `AWSIotLogsV2`. */
  readonly log: (entry: IotLogEntry) => void;
  readonly settings?: Partial<BrokerSettings>;
  /** Default: the table of assumptions as it stands. */
  readonly behaviour?: IotBehaviour;
}

export interface RunningBroker {
  readonly broker: MessageBroker;
  /** Takes over a connection after its TLS handshake. */
  accept(socket: TLSSocket, usesAlpn: boolean): void;
  /** Ends all sessions without a word; no events are published any more. The endpoint cuts the connections. */
  close(): void;
}

const createCore = (options: MessageBrokerOptions): BrokerCore => {
  const { account, clock, directory, authorizer, reservedTopics, observers } = options;
  const sessions = new SessionStore(clock);
  const retained = new RetainedMessages(clock);
  const log = createIotLog(account, clock, options.log);
  const router = new Router(sessions, retained, { observers, log });
  const publish = (message: IotMessage): void => {
    router.publish(message);
  };
  return {
    clock,
    directory,
    authorizer,
    settings: { ...defaultSettings, ...options.settings },
    behaviour: options.behaviour ?? createBehaviour(),
    reservedTopics,
    log,
    events: createLifecycleEvents(clock, publish),
    versionNumbers: new VersionNumbers(clock),
    clients: new Map(),
    sessions,
    retained,
    pendingWills: new PendingWills(clock),
    router,
  };
};

/** The message broker of AWS IoT Core: MQTT 3.1.1 and 5 over mutual TLS, every action subject to policy. */
export const createMessageBroker = (options: MessageBrokerOptions): RunningBroker => {
  const core = createCore(options);
  return {
    broker: createBrokerPort(core),
    accept: (socket, usesAlpn) => {
      acceptSocket(core, socket, usesAlpn);
    },
    close: () => {
      for (const client of core.clients.values()) client.isEnded = true; // nobody is left to be told
      core.sessions.clear();
      core.pendingWills.clear();
    },
  };
};
