import type { ReservedTopicService } from '../connection.ts';
import { isReserved } from './topic-name.ts';

/** Clients may watch these and never publish to them (DG:reserved-topics). */
const events = '$aws/events/';

/** Clients may publish to these and never subscribe to them (DG:iot-basic-ingest). */
const basicIngest = '$aws/rules/';

export type PublishRoute =
  | { readonly to: 'subscribers' }
  | { readonly to: 'service'; readonly service: ReservedTopicService }
  | { readonly to: 'nobody' };

/** Who takes a client's message on this topic. `nobody`: a reserved topic that clients may not publish to. */
export const routeOf = (services: readonly ReservedTopicService[], topic: string): PublishRoute => {
  if (!isReserved(topic)) return { to: 'subscribers' };
  const service = services.find((candidate) => candidate.accepts(topic));
  if (service !== undefined) return { to: 'service', service };
  return { to: topic.startsWith(basicIngest) ? 'subscribers' : 'nobody' };
};

/** Whether clients may subscribe to it at all; policy decides on top of that. */
export const isSubscribable = (services: readonly ReservedTopicService[], filter: string): boolean =>
  !isReserved(filter) || filter.startsWith(events) || services.some((service) => service.answersOn(filter));
