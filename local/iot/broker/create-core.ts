import { randomInt } from 'node:crypto';

import { credentialScopeOf } from '../../gateway/credential-scope.ts';
import type { Clock } from '../../clock.ts';
import { createBehaviour, type IotBehaviour } from '../behaviour/behaviour.ts';
import type { IotMessage } from '../connection.ts';
import type { CustomAuthentication, CustomVerdict } from '../custom-authentication/custom-authentication.ts';
import { createIotLog } from '../events/iot-log.ts';
import { createLifecycleEvents } from '../events/lifecycle-events.ts';
import { VersionNumbers } from '../events/version-numbers.ts';
import { createTrafficMetrics } from '../metrics/traffic-metrics.ts';
import type { MessageBrokerOptions } from './broker-options.ts';
import type { BrokerCore } from './core.ts';
import { PendingWills } from './pending-wills.ts';
import { queuedReport } from './queued-report.ts';
import { ratesIn } from './rates.data.ts';
import { RecentEndings } from './recent-endings.ts';
import { RetainedMessages } from './retained-messages.ts';
import { Router } from './router.ts';
import { type QueuedListener, SessionStore } from './session-store.ts';
import { type BrokerSettings, defaultSettings } from './settings.ts';
import { SharedSubscriptions } from './shared-subscriptions.ts';
import { Throttle } from './throttle.ts';

interface SessionParts {
  readonly clock: Clock;
  readonly behaviour: IotBehaviour;
  readonly settings: BrokerSettings;
  readonly throttle: Throttle;
  readonly onQueued: QueuedListener;
}

const createSessions = ({ clock, behaviour, settings, throttle, onQueued }: SessionParts): SessionStore => {
  const mayStore = (): boolean => throttle.take('queuedMessages');
  const shared = new SharedSubscriptions({
    clock,
    pick: (count) => (count > 1 ? randomInt(count) : 0),
    capacity: behaviour['mqtt.session.shared-group-messages'],
    keepMs: settings.persistentSessionSeconds * 1000,
    mayStore,
  });
  return new SessionStore({ clock, queue: { capacity: behaviour['mqtt.session.stored-messages'], mayStore }, shared, onQueued });
};

const notFound: CustomVerdict = { isAuthenticated: false, reason: 'CUSTOM_AUTHORIZER_NOT_FOUND' };

const withoutAuthorizers: CustomAuthentication = {
  authenticate: () => Promise.resolve(notFound),
  refresh: () => Promise.resolve(notFound),
};

/** The state of one account's broker. */
export const createCore = (options: MessageBrokerOptions): BrokerCore => {
  const { account, clock, directory, authorizer, reservedTopics, observers, behaviour = createBehaviour() } = options;
  const settings = { ...defaultSettings, requireServerName: behaviour['mqtt.connection.server-name-required'], ...options.settings };
  const throttle = new Throttle(
    clock,
    settings.brokerRates === 'off' ? undefined : { ...ratesIn(account.region), ...settings.brokerRates },
  );
  const log = createIotLog(account, clock, options.log);
  const { metrics = createTrafficMetrics() } = options;
  const sessions = createSessions({ clock, behaviour, settings, throttle, onQueued: queuedReport(log, metrics) });
  const retained = new RetainedMessages(clock);
  const router = new Router(sessions, retained, { observers, log, behaviour });
  const publish = (message: IotMessage): void => {
    router.publish(message);
  };
  return {
    ...{ clock, directory, authorizer, settings, behaviour, reservedTopics, log, metrics, sessions, retained, router, throttle },
    metrics: options.metrics ?? createTrafficMetrics(),
    justInTime: options.justInTime,
    certificateCallback: options.certificateCallback ?? (() => Promise.resolve(true)),
    customAuthentication: options.customAuthentication ?? withoutAuthorizers,
    signedCaller:
      options.signedCaller ??
      (({ headers, query }) => (credentialScopeOf(headers['authorization'], query) === undefined ? 'unsigned' : 'refused')),
    domainOf: options.domainOf ?? (() => undefined),
    openGate: options.openGate,
    events: createLifecycleEvents({ clock, behaviour, publish }),
    versionNumbers: new VersionNumbers(clock),
    clients: new Map(),
    endings: new RecentEndings(clock),
    pendingWills: new PendingWills(clock),
  };
};
